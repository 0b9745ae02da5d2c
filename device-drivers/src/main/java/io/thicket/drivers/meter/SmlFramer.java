package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.FrontFramer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * SML transport, version 1: {@code 1B 1B 1B 1B 01 01 01 01}, messages in which four times {@code 1B} is doubled, then {@code 1B 1B
 * 1B 1B 1A}, the number of fill bytes and a CRC. The frame handed on is the messages, without fill bytes.
 */
public final class SmlFramer extends FrontFramer {
    /** Longest transmission in bytes; those of meters have 200 to 400. */
    public static final int MAX_TRANSMISSION = 4096;

    private static final int ESCAPE = 0x1B;
    private static final int START_LENGTH = 8;
    private static final int END_LENGTH = 8;
    private static final int MAX_FILL = 3;

    private final byte[] body = new byte[MAX_TRANSMISSION];

    private boolean startKnown;
    /** Where the reading of the transmission at the front has got to. */
    private int scanned;

    /** @param silenceMs half a transmission is dropped when nothing came for so long */
    public SmlFramer(long silenceMs) {
        super(new ScanBuffer(MAX_TRANSMISSION, Checksum.CRC16_X25), silenceMs);
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    @Override
    protected boolean isStart(int b) {
        return b == ESCAPE;
    }

    @Override
    protected int look(FrameSink sink) {
        int size = buffer.size();
        if (!startKnown) {
            int known = Math.min(size, START_LENGTH);
            for (int i = 1; i < known; i++) {
                if (buffer.at(i) != (i < 4 ? ESCAPE : 1)) {
                    skipFront();
                    return 0;
                }
            }
            if (known < START_LENGTH) {
                return known + 1;
            }
            startKnown = true;
            scanned = Math.max(scanned, START_LENGTH);
        }
        while (scanned < size) {
            int run = escapesAt(scanned);
            if (scanned + run == size && run < 4) {
                return size + 1;
            }
            if (run == 4) {
                return size < scanned + END_LENGTH ? scanned + END_LENGTH : escape(sink);
            }
            scanned += run + 1;
        }
        return size + 1;
    }

    /**
     * At an escape. Whatever start is tried next, its reading meets the one before: a start within what was read lies in a
     * doubled escape, and both go on behind it. So what was read is not read again.
     */
    private int escape(FrameSink sink) {
        if (isAll(scanned + 4, ESCAPE)) {
            scanned += END_LENGTH;
        } else if (isAll(scanned + 4, 1)) {
            // A transmission begins within one: that one was cut.
            skipTo(scanned);
        } else if (buffer.at(scanned + 4) == 0x1A) {
            end(scanned + END_LENGTH, sink);
        } else {
            skipFront();
        }
        return 0;
    }

    private void end(int total, FrameSink sink) {
        int fill = buffer.at(total - 3);
        int crc = buffer.at(total - 1) << 8 | buffer.at(total - 2);
        boolean right = buffer.check(Checksum.CRC16_X25, 0, total - 2) == crc;
        int length = right && fill <= MAX_FILL ? unescape(total - END_LENGTH) - fill : -1;
        if (length < 0) {
            countBadChecksum();
            skipFront();
            return;
        }
        sink.frame(buffer.arrivedAtMs(0), body, 0, length);
        buffer.discard(total);
        forget();
    }

    /** Fills {@code body} with what is before {@code end}; returns how much that is. */
    private int unescape(int end) {
        int length = 0;
        int at = START_LENGTH;
        while (at < end) {
            boolean doubled = escapesAt(at) == 4;
            int count = doubled ? 4 : 1;
            for (int i = 0; i < count; i++) {
                body[length++] = (byte) buffer.at(at + i);
            }
            at += doubled ? END_LENGTH : 1;
        }
        return length;
    }

    @Override
    protected void skipTo(int least) {
        int before = buffer.size();
        super.skipTo(least);
        startKnown = false;
        scanned = Math.max(0, scanned - (before - buffer.size()));
    }

    private void forget() {
        startKnown = false;
        scanned = 0;
    }

    /** How many escape bytes are there, 4 at most. */
    private int escapesAt(int index) {
        int run = 0;
        while (run < 4 && index + run < buffer.size() && buffer.at(index + run) == ESCAPE) {
            run++;
        }
        return run;
    }

    private boolean isAll(int from, int value) {
        for (int i = from; i < from + 4; i++) {
            if (buffer.at(i) != value) {
                return false;
            }
        }
        return true;
    }
}
