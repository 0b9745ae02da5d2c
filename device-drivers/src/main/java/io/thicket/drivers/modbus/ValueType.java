package io.thicket.drivers.modbus;

import java.math.BigDecimal;
import java.math.MathContext;

/** What registers hold. */
public enum ValueType {
    U16(1),
    S16(1),
    U32(2),
    S32(2),
    U64(4),
    S64(4),
    F32(2),
    F64(4),
    /** Binary-coded decimal, four digits a register. */
    BCD16(1),
    BCD32(2),
    /** Zero or not. */
    FLAG(1),
    /** Characters, two a register, up to the first zero; as many registers as the value says. */
    TEXT(0);

    private final int words;

    ValueType(int words) {
        this.words = words;
    }

    /** Registers, 0 if the value says how many. */
    public int words() {
        return words;
    }

    /** Whether single bits of it mean something. */
    public boolean isMaskable() {
        return switch (this) {
            case U16, S16, U32, S32, U64, S64, FLAG -> true;
            case F32, F64, BCD16, BCD32, TEXT -> false;
        };
    }

    /** The number in the assembled bits; NaN if they are none (BCD with a digit above 9, a float that is not finite). */
    double number(long bits) {
        return switch (this) {
            case U16, U32, S64 -> bits;
            case S16 -> (short) bits;
            case S32 -> (int) bits;
            case U64 -> (bits >>> 1) * 2.0 + (bits & 1);
            case F32 -> shortest(Float.intBitsToFloat((int) bits));
            case F64 -> finite(Double.longBitsToDouble(bits));
            case BCD16 -> decimal(bits, 4);
            case BCD32 -> decimal(bits, 8);
            case FLAG -> bits == 0 ? 0 : 1;
            case TEXT -> Double.NaN;
        };
    }

    /** The least and the largest number. Of plain numbers. */
    double[] range() {
        return switch (this) {
            case U16 -> new double[] {0, 0xFFFF};
            case S16 -> new double[] {Short.MIN_VALUE, Short.MAX_VALUE};
            case U32 -> new double[] {0, 0xFFFF_FFFFL};
            case S32 -> new double[] {Integer.MIN_VALUE, Integer.MAX_VALUE};
            // As far as a double is exact.
            case U64 -> new double[] {0, 1L << 53};
            case S64 -> new double[] {-(1L << 53), 1L << 53};
            case F32 -> new double[] {-Float.MAX_VALUE, Float.MAX_VALUE};
            case F64 -> new double[] {-Double.MAX_VALUE, Double.MAX_VALUE};
            case BCD16, BCD32, FLAG, TEXT -> throw new IllegalArgumentException(name());
        };
    }

    /** The bits of the nearest number, which is in {@link #range}: the way back of {@link #number}. */
    long bits(double number) {
        return switch (this) {
            case U16, S16 -> Math.round(number) & 0xFFFF;
            case U32, S32 -> Math.round(number) & 0xFFFF_FFFFL;
            case U64, S64 -> Math.round(number);
            case F32 -> Float.floatToIntBits((float) number) & 0xFFFF_FFFFL;
            case F64 -> Double.doubleToLongBits(number);
            case BCD16, BCD32, FLAG, TEXT -> throw new IllegalArgumentException(name());
        };
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** The double that prints as short as the float: 230.2, not 230.1999969482422. */
    private static double shortest(float value) {
        if (!Float.isFinite(value)) {
            return Double.NaN;
        }
        for (int digits = 6; digits < 9; digits++) {
            double rounded =
                    new BigDecimal(value).round(new MathContext(digits)).doubleValue();
            if ((float) rounded == value) {
                return rounded;
            }
        }
        return value;
    }

    private static double decimal(long bits, int digits) {
        double value = 0;
        for (int i = digits - 1; i >= 0; i--) {
            long digit = bits >> 4 * i & 0xF;
            if (digit > 9) {
                return Double.NaN;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
