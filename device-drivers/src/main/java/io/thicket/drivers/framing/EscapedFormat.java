package io.thicket.drivers.framing;

import org.jspecify.annotations.Nullable;

/**
 * Frames between delimiters, in which some bytes are sent as two (SHDLC, SLIP, KISS).
 *
 * @param delimiter before and after each frame
 * @param escape the first of two bytes that stand for one
 * @param escaped pairs: what follows the escape, and what it stands for
 * @param check over the frame as it is without escapes and delimiters; null if there is none
 * @param maxFrame longest frame without escapes
 * @param silenceMs a half frame is dropped when nothing came for so long
 */
public record EscapedFormat(
        int delimiter, int escape, Bytes escaped, @Nullable CheckPlace check, int maxFrame, long silenceMs) {
    public EscapedFormat {
        if (escaped.length() == 0 || escaped.length() % 2 != 0) {
            throw new IllegalArgumentException("escapes are pairs: what follows the escape, and what it stands for");
        }
        if (delimiter == escape) {
            throw new IllegalArgumentException("the delimiter and the escape are the same byte");
        }
        if (maxFrame < 1 || maxFrame > BinaryFormat.MAX_FRAME) {
            throw new IllegalArgumentException("a frame has at most " + BinaryFormat.MAX_FRAME + " bytes");
        }
    }

    /** The byte that {@code code} after an escape stands for, -1 if none. */
    int unescape(int code) {
        for (int i = 0; i < escaped.length(); i += 2) {
            if (escaped.at(i) == code) {
                return escaped.at(i + 1);
            }
        }
        return -1;
    }

    /** The code that stands for {@code plain} after an escape, -1 if it is sent as it is. */
    public int escapeOf(int plain) {
        for (int i = 0; i < escaped.length(); i += 2) {
            if (escaped.at(i + 1) == plain) {
                return escaped.at(i);
            }
        }
        return -1;
    }
}
