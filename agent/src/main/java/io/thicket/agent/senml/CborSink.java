package io.thicket.agent.senml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes CBOR items (RFC 8949 section 3), each with the shortest head, one after the other into an array that grows. */
final class CborSink {
    private static final int INITIAL = 1 << 5;

    private byte[] bytes;
    private int size;

    /** One with room for {@code expectedBytes} before it grows. */
    CborSink(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    /** The head of an item with this argument, which is 0 or more. */
    void head(int major, long argument) {
        int type = major << 5;
        int length = CborSize.ofHead(argument);
        reserve(length);
        switch (length) {
            case 1 -> bytes[size++] = (byte) (type | argument);
            case 2 -> big(type | 24, argument, 1);
            case 3 -> big(type | 25, argument, 2);
            case 5 -> big(type | 26, argument, 4);
            default -> big(type | 27, argument, 8);
        }
    }

    void text(String text) {
        int length = text.length();
        if (!CborSize.isAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            head(CborCursor.TEXT, utf8.length);
            reserve(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
            return;
        }
        head(CborCursor.TEXT, length);
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** A number in the shortest form that loses nothing: an integer if it is whole, else a float of two, four or eight bytes. */
    void number(double value) {
        if (CborSize.isWhole(value)) {
            long number = (long) value;
            head(number >= 0 ? CborCursor.UNSIGNED : CborCursor.NEGATIVE, number >= 0 ? number : -1 - number);
            return;
        }
        reserve(9);
        int type = CborCursor.SIMPLE << 5;
        if (CborSize.isHalf(value)) {
            big(type | CborCursor.HALF, halfBits(Float.floatToRawIntBits((float) value)), 2);
        } else if (CborSize.isSingle(value)) {
            big(type | CborCursor.SINGLE, Float.floatToRawIntBits((float) value), 4);
        } else {
            big(type | CborCursor.DOUBLE, Double.doubleToRawLongBits(value), 8);
        }
    }

    void flag(boolean value) {
        reserve(1);
        bytes[size++] = (byte) (CborCursor.SIMPLE << 5 | (value ? CborCursor.TRUE : CborCursor.FALSE));
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** IEEE 754 binary16 of a binary32 that it holds exactly, among the normal numbers. */
    private static int halfBits(int single) {
        int exponent = (single >>> 23 & 0xff) - 127 + 15;
        return single >>> 16 & 0x8000 | exponent << 10 | single >>> 13 & 0x3ff;
    }

    private void big(int initial, long value, int length) {
        bytes[size++] = (byte) initial;
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * Math.max(bytes.length, INITIAL)));
        }
    }
}
