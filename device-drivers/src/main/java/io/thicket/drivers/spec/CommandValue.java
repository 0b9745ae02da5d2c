package io.thicket.drivers.spec;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.Setting;

/**
 * Where the value of a command goes, and how it lies there.
 *
 * @param at its place in what is sent, from 0
 * @param type whole numbers or floats, no BCD
 * @param scale value = raw * scale / divide + offset
 * @param setting what is allowed
 */
public record CommandValue(int at, NumberType type, double scale, double divide, double offset, Setting setting) {
    /** The bits for a value that is allowed. */
    long raw(Value value) {
        if (value instanceof Value.Flag flag) {
            return flag.value() ? 1 : 0;
        }
        if (value instanceof Value.Numeric number) {
            double raw = (number.value() - offset) * divide / scale;
            if (type.kind() != NumberType.Kind.FLOAT) {
                return Math.round(raw);
            }
            // Adding 0 takes the sign off a zero, and the mask that which the float's bits bring along: answers have
            // neither.
            return type.bytes() == 4
                    ? Float.floatToIntBits((float) raw + 0f) & 0xFFFF_FFFFL
                    : Double.doubleToLongBits(raw + 0.0);
        }
        throw new IllegalArgumentException("a text cannot be set");
    }

    /** Whether every allowed value can be said in these bits. */
    boolean holdsAll() {
        return setting.flag() || holds(setting.min()) && holds(setting.max());
    }

    private boolean holds(double value) {
        double raw = (value - offset) * divide / scale;
        return switch (type.kind()) {
            case UNSIGNED -> raw > -0.5 && raw < StrictMath.pow(2, Math.min(63, 8 * type.bytes())) - 0.5;
            case SIGNED, MAGNITUDE -> Math.abs(raw) < StrictMath.pow(2, 8 * type.bytes() - 1) - 0.5;
            case FLOAT -> Math.abs(raw) <= (type.bytes() == 4 ? Float.MAX_VALUE : Double.MAX_VALUE);
            case BCD -> false;
        };
    }

    /** The value that the bits mean. */
    Value valueOf(long raw) {
        return setting.flag()
                ? new Value.Flag(raw != 0)
                : new Value.Numeric(finite(type.number(raw) * scale / divide + offset));
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }
}
