package io.thicket.agent.senml;

import java.nio.charset.StandardCharsets;

/** How many bytes items take in CBOR, without encoding them. */
final class CborSize {
    private CborSize() {}

    /** Of a head with this argument (RFC 8949 section 3). */
    static int ofHead(long argument) {
        if (argument < 24) {
            return 1;
        }
        if (argument < 0x100) {
            return 2;
        }
        if (argument < 0x1_0000) {
            return 3;
        }
        return argument < 0x1_0000_0000L ? 5 : 9;
    }

    /** Of a text string. */
    static int ofText(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return ofHead(bytes) + bytes;
    }

    /** Of a number as {@link SenmlCborCodec} writes it: the shortest form that loses nothing. */
    static int ofNumber(double value) {
        if (isWhole(value)) {
            long number = (long) value;
            return ofHead(number >= 0 ? number : -1 - number);
        }
        return isHalf(value) ? 3 : isSingle(value) ? 5 : 9;
    }

    /** Whether it is written as an integer; -0.0 becomes 0. */
    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) <= 1L << 53;
    }

    /** Whether four bytes hold it exactly. */
    static boolean isSingle(double value) {
        return (float) value == value;
    }

    /** Whether two bytes hold it exactly, among the normal numbers of that size. */
    static boolean isHalf(double value) {
        if (!isSingle(value)) {
            return false;
        }
        int exponent = Math.getExponent(value);
        return exponent >= -14 && exponent <= 15 && (Float.floatToIntBits((float) value) & 0x1fff) == 0;
    }
}
