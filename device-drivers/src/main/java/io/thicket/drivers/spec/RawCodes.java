package io.thicket.drivers.spec;

import java.util.Set;

/**
 * The bits that a code for "no value" means. Manuals write the same code of a signed number as 0xFFFF, 0x8000, -1 or -32768, and
 * that of a float as the number; whichever is written must be found. A code that cannot occur is a mistake: empty.
 */
final class RawCodes {
    private RawCodes() {}

    /** @param bytes 1 to 8; the bits are those of an unsigned number of so many */
    static Set<Long> ofInteger(Object code, int bytes) {
        if (!(code instanceof Long number)) {
            return Set.of();
        }
        if (bytes == 8) {
            return Set.of(number);
        }
        long end = 1L << 8 * bytes;
        return number >= -end / 2 && number < end ? Set.of(number & end - 1) : Set.of();
    }

    /** A whole number may also be the bits themselves. */
    static Set<Long> ofFloat(Object code, int bytes) {
        if (code instanceof Long number) {
            long bits = floatBits(number.doubleValue(), bytes);
            return bits == number ? Set.of(bits) : Set.of(bits, number);
        }
        return code instanceof Double number ? Set.of(floatBits(number, bytes)) : Set.of();
    }

    private static long floatBits(double number, int bytes) {
        return bytes == 4 ? Float.floatToIntBits((float) number) & 0xFFFF_FFFFL : Double.doubleToLongBits(number);
    }
}
