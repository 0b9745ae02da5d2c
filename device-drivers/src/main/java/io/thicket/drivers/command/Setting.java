package io.thicket.drivers.command;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.SenmlUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What values a command takes.
 *
 * @param flag whether it is yes or no; else it is a number
 * @param unit in which the number counts, null if it has none
 * @param min least allowed number
 * @param max largest allowed number
 */
public record Setting(boolean flag, @Nullable SenmlUnit unit, double min, double max) {
    /** Yes or no. */
    public static final Setting FLAG = new Setting(true, null, 0, 1);

    /** What is wrong with {@code value}, one sentence; empty if it may be set. */
    public Optional<String> problemWith(Value value) {
        if (flag) {
            return value instanceof Value.Flag ? Optional.empty() : Optional.of("the value is on or off");
        }
        if (!(value instanceof Value.Numeric number)) {
            return Optional.of("the value is a number" + inUnit());
        }
        return number.value() >= min && number.value() <= max
                ? Optional.empty()
                : Optional.of(text(number.value()) + " is not " + range());
    }

    /** {@code 10 to 30 Cel}. */
    public String range() {
        return flag ? "on or off" : text(min) + " to " + text(max) + (unit == null ? "" : " " + unit.name());
    }

    private String inUnit() {
        return unit == null ? "" : " in " + unit.name();
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** A value as people write it. */
    public static String text(Value value) {
        if (value instanceof Value.Numeric number) {
            return text(number.value());
        }
        if (value instanceof Value.Flag its) {
            return its.value() ? "on" : "off";
        }
        if (value instanceof Value.Text its) {
            return its.value();
        }
        throw new AssertionError("a value of an unknown kind: " + value);
    }
}
