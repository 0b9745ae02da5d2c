package io.thicket.agent.senml;

import co.nstant.in.cbor.encoder.HalfPrecisionFloatEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes CBOR items (RFC 8949 section 3), one after the other, in the shortest form, whose lengths {@link CborSize} foretells. */
final class CborOutput {
    private static final int FALSE = 20;
    private static final int TRUE = 21;
    /** What follows in a head for a number of one byte; that of two bytes is the next, and so on. */
    private static final int ONE_BYTE = 24;

    private static final int TWO_BYTES = 25;
    private static final int FOUR_BYTES = 26;
    private static final int EIGHT_BYTES = 27;

    private byte[] bytes;
    private int size;

    /** Empty, with room for so many bytes; it grows. */
    CborOutput(int room) {
        bytes = new byte[room];
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** A head whose argument is not negative. */
    void head(int major, long argument) {
        assert argument >= 0 : argument;
        int more = CborSize.ofHead(argument) - 1;
        if (more == 0) {
            initial(major, (int) argument);
        } else {
            initial(major, ONE_BYTE + Integer.numberOfTrailingZeros(more));
            big(argument, more);
        }
    }

    void integer(long value) {
        if (value >= 0) {
            head(CborCursor.UNSIGNED, value);
        } else {
            head(CborCursor.NEGATIVE, -1 - value);
        }
    }

    /** A whole number as an integer, any other in as few bytes as hold it exactly. */
    void number(double value) {
        if (CborSize.isWhole(value)) {
            integer((long) value);
        } else if (CborSize.isHalf(value)) {
            initial(CborCursor.SIMPLE, TWO_BYTES);
            big(HalfPrecisionFloatEncoder.fromFloat((float) value), Short.BYTES);
        } else if (CborSize.isSingle(value)) {
            initial(CborCursor.SIMPLE, FOUR_BYTES);
            big(Float.floatToRawIntBits((float) value), Float.BYTES);
        } else {
            initial(CborCursor.SIMPLE, EIGHT_BYTES);
            big(Double.doubleToRawLongBits(value), Double.BYTES);
        }
    }

    void flag(boolean value) {
        initial(CborCursor.SIMPLE, value ? TRUE : FALSE);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(CborCursor.TEXT, utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    private void initial(int major, int additional) {
        reserve(1);
        bytes[size++] = (byte) (major << 5 | additional);
    }

    /** The last {@code count} bytes of a number, the highest first. */
    private void big(long value, int count) {
        reserve(count);
        for (int shift = Byte.SIZE * (count - 1); shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
