package io.thicket.drivers.framing;

import org.jspecify.annotations.Nullable;

/**
 * Frames that begin with fixed bytes and know their length.
 *
 * @param start the first bytes, at least one
 * @param end the last bytes, none if they are not fixed
 * @param fixedLength length of every frame, 0 if it has a {@code length}
 * @param length the length it carries, null if it is fixed
 * @param check null if there is none
 * @param maxFrame longest frame in bytes, at most {@link #MAX_FRAME}
 * @param silenceMs a half frame is dropped when nothing came for so long
 */
public record BinaryFormat(
        Bytes start,
        Bytes end,
        int fixedLength,
        @Nullable LengthField length,
        @Nullable CheckPlace check,
        int maxFrame,
        long silenceMs) {
    /** No sensor's frame is longer. */
    public static final int MAX_FRAME = 4096;

    public BinaryFormat {
        if (start.length() == 0) {
            throw new IllegalArgumentException("a frame begins with at least one fixed byte");
        }
        if ((fixedLength > 0) == (length != null)) {
            throw new IllegalArgumentException("a frame has either a fixed length or a length field");
        }
        if (maxFrame > MAX_FRAME || fixedLength > maxFrame) {
            throw new IllegalArgumentException("a frame has at most " + MAX_FRAME + " bytes");
        }
        int least = minFrame(start, end, length, check);
        if (fixedLength > 0 && fixedLength < least || maxFrame < least) {
            throw new IllegalArgumentException("start, length, check and end of a frame need " + least + " bytes");
        }
    }

    /** The shortest frame in which everything is that is asked of it. */
    int minFrame() {
        return minFrame(start, end, length, check);
    }

    private static int minFrame(Bytes start, Bytes end, @Nullable LengthField length, @Nullable CheckPlace check) {
        int least = Math.max(start.length(), end.length());
        if (length != null) {
            least = Math.max(least, length.end());
        }
        return check == null ? least : Math.max(least, check.minFrame());
    }
}
