package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.ScanBuffer;
import io.thicket.drivers.framing.ScanFramer;

/**
 * What a meter says that is asked by IEC 62056-21: its identification, a line that begins with a slash and has no check; and its data,
 * between {@code STX} and {@code ETX}, with the exclusive or of all behind {@code STX} up to {@code ETX} (section 6.3.1, BCC). Lines are
 * handed on without their end, data with {@code STX}, {@code ETX} and BCC. Data without BCC are no frame.
 */
public final class ReadoutFramer extends ScanFramer {
    /** Longest data in bytes. */
    public static final int MAX_DATA = 8192;

    /** Longest identification: slash, three letters, speed, and sixteen characters by the standard; some meters have more. */
    static final int MAX_LINE = 64;

    private static final int MIN_LINE = 5;
    private static final byte STX = 2;
    private static final byte ETX = 3;

    private boolean ended;

    /** @param silenceMs half a frame is dropped when nothing came for so long; the standard allows 1500 between two characters */
    public ReadoutFramer(long silenceMs) {
        super(new ScanBuffer(MAX_DATA), silenceMs);
    }

    @Override
    public void reset() {
        super.reset();
        ended = false;
    }

    @Override
    protected void take(byte b, long nowMs, FrameSink sink) {
        if (ended) {
            check(b, nowMs, sink);
        } else if (b == STX || buffer.size() == 0 || buffer.at(0) == '/' && b == '/') {
            begin(b, nowMs);
        } else if (buffer.at(0) == '/') {
            line(b, nowMs, sink);
        } else {
            data(b, nowMs);
        }
    }

    /** No frame has a start of its own kind within: whatever was before is none. */
    private void begin(byte b, long nowMs) {
        drop();
        if (b == STX || b == '/') {
            buffer.append(b, nowMs);
        } else {
            countSkipped(1);
        }
    }

    private void line(byte b, long nowMs, FrameSink sink) {
        boolean complete = buffer.at(buffer.size() - 1) == '\r';
        if (b == '\n' && complete && buffer.size() > MIN_LINE) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), buffer.size() - 1);
            buffer.clear();
        } else if (b == '\r' && !complete) {
            buffer.append(b, nowMs);
        } else if (!isPrintable(b) || complete || buffer.size() == MAX_LINE) {
            giveUp();
        } else {
            buffer.append(b, nowMs);
        }
    }

    private void data(byte b, long nowMs) {
        if (buffer.isFull()) {
            countOverlong();
            giveUp();
        } else if (isPrintable(b) || b == '\r' || b == '\n' || b == ETX) {
            buffer.append(b, nowMs);
            ended = b == ETX;
        } else {
            giveUp();
        }
    }

    private void check(byte b, long nowMs, FrameSink sink) {
        ended = false;
        if (!buffer.isFull() && buffer.check(Checksum.XOR8, 1, buffer.size()) == (b & 0xFF)) {
            buffer.append(b, nowMs);
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), buffer.size());
            buffer.clear();
        } else {
            countBadChecksum();
            begin(b, nowMs);
        }
    }

    /** The byte that was taken does not count as a start either. */
    private void giveUp() {
        drop();
        countSkipped(1);
    }

    private static boolean isPrintable(byte b) {
        return b >= 0x20 && b < 0x7F;
    }
}
