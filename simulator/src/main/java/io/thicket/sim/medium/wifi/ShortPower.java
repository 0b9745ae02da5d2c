package io.thicket.sim.medium.wifi;

/**
 * A power in mW in 16 bits, as each station keeps it of each whom it reaches: a number with six bits of exponent and ten of mantissa, from -141 to 51 dBm
 * with an error of 0.0021 dB at most. Weaker ones than any receiver can sense and stronger ones than any sender's count as the least and the most. Codes are
 * in the order of their powers.
 */
final class ShortPower {
    /** So many bits of a float's mantissa are left out. */
    private static final int SHIFT = 13;

    /** The least power, 2^-47 mW, as a float's bits. */
    private static final int LEAST = 127 - 47 << 23;

    private ShortPower() {}

    /** The nearest code. */
    static char of(double mw) {
        int bits = Float.floatToRawIntBits((float) mw) - LEAST;
        return (char) Math.min(Math.max(bits + (1 << SHIFT - 1) >> SHIFT, 0), Character.MAX_VALUE);
    }

    /** The least code of a power that is not below {@code mw}. */
    static int atLeast(double mw) {
        char nearest = of(mw);
        return mw(nearest) < mw ? nearest + 1 : nearest;
    }

    static double mw(char code) {
        return Float.intBitsToFloat((code << SHIFT) + LEAST);
    }
}
