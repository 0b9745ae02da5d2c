package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;

/**
 * NMEA 0183 sentences: {@code $} or {@code !}, printable characters, {@code *} and two hex digits. The frame handed on is
 * what lies between the start and the {@code *}. It is complete with its second digit, so sentences that are glued
 * together without CR LF are found; sentences without a checksum are refused.
 */
public final class NmeaFramer extends ScanFramer {
    /** Longest sentence in bytes, start and checksum included. The standard says 82, real devices exceed it. */
    public static final int MAX_SENTENCE = 256;

    private int star = -1;

    /** @param silenceMs a half sentence is dropped when nothing came for so long */
    public NmeaFramer(long silenceMs) {
        super(new ScanBuffer(MAX_SENTENCE), silenceMs);
    }

    @Override
    protected void take(byte b, long nowMs, FrameSink sink) {
        boolean lineEnd = b == '\r' || b == '\n';
        if (lineEnd && buffer.size() > 0) {
            countBadChecksum();
        }
        boolean printable = b >= 0x20 && b <= 0x7E;
        if (!printable || isStart(b)) {
            refuse();
        }
        if (buffer.size() == 0 && !isStart(b)) {
            // A line end belongs to the sentence before it.
            countSkipped(lineEnd ? 0 : 1);
            return;
        }
        buffer.append(b, nowMs);
        int last = buffer.size() - 1;
        if (star < 0 && b == '*') {
            star = last;
        } else if (star >= 0 && last == star + 2) {
            complete(sink);
        }
        // Whatever the last byte was: the star may stand in the last place, and then its digits have none.
        if (buffer.isFull()) {
            countOverlong();
            refuse();
        }
    }

    @Override
    public void reset() {
        super.reset();
        star = -1;
    }

    private void complete(FrameSink sink) {
        int high = hex(buffer.at(star + 1));
        int low = hex(buffer.at(star + 2));
        if (high >= 0 && low >= 0 && high * 16 + low == buffer.check(Checksum.XOR8, 1, star)) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset() + 1, star - 1);
            buffer.clear();
            star = -1;
        } else {
            countBadChecksum();
            refuse();
        }
    }

    /** There is one start in the buffer, its first byte, so all of it is given up. */
    private void refuse() {
        drop();
        star = -1;
    }

    private static boolean isStart(int c) {
        return c == '$' || c == '!';
    }

    private static int hex(int c) {
        return Character.digit(c, 16);
    }
}
