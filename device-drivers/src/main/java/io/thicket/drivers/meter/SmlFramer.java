package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.Framer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * SML transport, version 1: {@code 1B 1B 1B 1B 01 01 01 01}, messages in which four times {@code 1B} is doubled, then {@code 1B 1B
 * 1B 1B 1A}, the number of fill bytes and a CRC. The frame handed on is the messages, without fill bytes.
 */
public final class SmlFramer implements Framer {
    /** Longest transmission in bytes; those of meters have 200 to 400. */
    public static final int MAX_TRANSMISSION = 4096;

    private static final int ESCAPE = 0x1B;
    private static final int START_LENGTH = 8;
    private static final int END_LENGTH = 8;

    private final long silenceMs;
    private final ScanBuffer gathered = new ScanBuffer(MAX_TRANSMISSION);
    private final byte[] body = new byte[MAX_TRANSMISSION];
    private int bodySize;
    private int scanned;
    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;
    private long overlong;

    /** @param silenceMs half a transmission is dropped when nothing came for so long */
    public SmlFramer(long silenceMs) {
        this.silenceMs = silenceMs;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        for (int i = offset; i < offset + length; i++) {
            if (gathered.isFull()) {
                overlong++;
                skip(1);
            }
            gathered.append(bytes[i], nowMs);
            scan(sink);
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (gathered.size() > 0 && nowMs - lastByteMs > silenceMs) {
            reset();
        }
    }

    @Override
    public void reset() {
        skippedBytes += gathered.size();
        gathered.clear();
        restart();
    }

    @Override
    public long skippedBytes() {
        return skippedBytes;
    }

    @Override
    public long badChecksums() {
        return badChecksums;
    }

    @Override
    public long overlong() {
        return overlong;
    }

    private void scan(FrameSink sink) {
        while (gathered.size() > 0 && step(sink)) {}
    }

    /** One step forward; false if more bytes are needed. */
    private boolean step(FrameSink sink) {
        int known = Math.min(gathered.size(), START_LENGTH);
        for (int i = 0; i < known; i++) {
            if (at(i) != (i < 4 ? ESCAPE : 1)) {
                skip(1);
                return true;
            }
        }
        if (known < START_LENGTH) {
            return false;
        }
        if (scanned == 0) {
            scanned = START_LENGTH;
        }
        if (gathered.size() <= scanned) {
            return false;
        }
        if (at(scanned) != ESCAPE) {
            body[bodySize++] = (byte) at(scanned++);
            return true;
        }
        return escape(sink);
    }

    /** At a byte that may begin an escape. */
    private boolean escape(FrameSink sink) {
        int run = 0;
        while (run < 4 && scanned + run < gathered.size() && at(scanned + run) == ESCAPE) {
            run++;
        }
        if (run < 4) {
            if (scanned + run == gathered.size()) {
                return false;
            }
            body[bodySize++] = (byte) at(scanned++);
            return true;
        }
        if (gathered.size() < scanned + END_LENGTH) {
            return false;
        }
        if (isAll(scanned + 4, ESCAPE)) {
            for (int i = 0; i < 4; i++) {
                body[bodySize++] = (byte) ESCAPE;
            }
            scanned += END_LENGTH;
        } else if (isAll(scanned + 4, 1)) {
            // A transmission begins within one: that one was cut.
            skip(scanned);
        } else if (at(scanned + 4) == 0x1A) {
            end(scanned + END_LENGTH, sink);
        } else {
            skip(1);
        }
        return true;
    }

    private void end(int total, FrameSink sink) {
        int fill = at(total - 3);
        int crc = at(total - 1) << 8 | at(total - 2);
        int from = gathered.offset();
        boolean right = Checksum.CRC16_X25.over(gathered.array(), from, from + total - 2) == crc;
        if (right && fill <= 3 && fill <= bodySize) {
            sink.frame(gathered.arrivedAtMs(0), body, 0, bodySize - fill);
            gathered.discard(total);
            restart();
        } else {
            badChecksums++;
            skip(1);
        }
    }

    private boolean isAll(int from, int value) {
        for (int i = from; i < from + 4; i++) {
            if (at(i) != value) {
                return false;
            }
        }
        return true;
    }

    /** Gives up what is there up to the next byte that can begin a transmission, at least {@code least} bytes. */
    private void skip(int least) {
        int next = gathered.indexOf(ESCAPE, least);
        int count = next < 0 ? gathered.size() : next;
        skippedBytes += count;
        gathered.discard(count);
        restart();
    }

    private void restart() {
        scanned = 0;
        bodySize = 0;
    }

    private int at(int index) {
        return gathered.at(index);
    }
}
