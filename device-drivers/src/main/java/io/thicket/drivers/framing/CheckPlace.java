package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;

/**
 * Where the check value of a frame is, and over what. Places count from the frame's start, negative ones from its end.
 *
 * @param kind how it is computed
 * @param from first byte it covers
 * @param to end of what it covers, exclusive; 0 is the frame's end
 * @param at its own place; two bytes for the 16-bit kinds
 * @param lowFirst whether its low byte comes first
 */
public record CheckPlace(Checksum kind, int from, int to, int at, boolean lowFirst) {
    /** The shortest frame in which all these places are. */
    public int minFrame() {
        int own = at < 0 ? -at : at + kind.width();
        int start = from < 0 ? -from : from;
        int end = to <= 0 ? -to : to;
        return Math.max(own, Math.max(start, end));
    }

    /** Whether the frame of {@code length} bytes at the front, at least {@link #minFrame}, has the right value. */
    boolean isRight(ScanBuffer buffer, int length) {
        int start = startIn(length);
        return read(buffer.array(), buffer.offset(), length)
                == buffer.check(kind, start, Math.max(start, endIn(length)));
    }

    /** Puts the right value into the frame. */
    public void write(byte[] buffer, int offset, int length) {
        int value = compute(buffer, offset, length);
        int place = offset + (at < 0 ? length + at : at);
        if (kind.width() == 1) {
            buffer[place] = (byte) value;
        } else {
            buffer[place + (lowFirst ? 0 : 1)] = (byte) value;
            buffer[place + (lowFirst ? 1 : 0)] = (byte) (value >> 8);
        }
    }

    private int read(byte[] buffer, int offset, int length) {
        int place = offset + (at < 0 ? length + at : at);
        if (kind.width() == 1) {
            return buffer[place] & 0xFF;
        }
        int first = buffer[place] & 0xFF;
        int second = buffer[place + 1] & 0xFF;
        return lowFirst ? second << 8 | first : first << 8 | second;
    }

    private int compute(byte[] buffer, int offset, int length) {
        int start = startIn(length);
        return kind.over(buffer, offset + start, offset + Math.max(start, endIn(length)));
    }

    private int startIn(int length) {
        return from < 0 ? length + from : from;
    }

    private int endIn(int length) {
        return to <= 0 ? length + to : to;
    }
}
