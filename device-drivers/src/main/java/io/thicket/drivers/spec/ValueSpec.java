package io.thicket.drivers.spec;

import io.thicket.drivers.SenmlUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value of a message.
 *
 * @param name of the observation; with {@code {}} where the number of a repeated one goes
 * @param description for people, empty if there is none
 * @param field the label by which a text frame names it; null if it lies at a place of a binary frame
 * @param tag the tag (0 to 255) behind which it lies; -1 if it has none
 * @param at its place in the frame, or behind the tag; negative counts from the end
 * @param type how the number lies there; null for text
 * @param textSize bytes of a text, 0 for a number
 * @param decimal whether the text is a number written in digits
 * @param mask bits that count, -1 for all
 * @param shift to the right, after the mask
 * @param flag whether it is yes or no: not 0 is yes
 * @param scaling from the raw number to the value
 * @param unit of the value, null if it has none
 * @param min least plausible value
 * @param max greatest plausible value
 * @param outside what becomes of a value that is not between them
 * @param none raw numbers (as texts) that mean "no value"
 * @param names texts for raw numbers; empty if the value is a number
 * @param when frames that have it; null for all
 * @param repeat null if it occurs once
 * @param models ids of the devices that have it; empty if all
 */
public record ValueSpec(
        String name,
        String description,
        @Nullable String field,
        int tag,
        int at,
        @Nullable NumberType type,
        int textSize,
        boolean decimal,
        long mask,
        int shift,
        boolean flag,
        Scaling scaling,
        @Nullable SenmlUnit unit,
        double min,
        double max,
        Outside outside,
        Set<String> none,
        Map<String, String> names,
        @Nullable Condition when,
        @Nullable Repeat repeat,
        Set<String> models) {
    /** What becomes of a value beyond its range. */
    public enum Outside {
        UNCERTAIN,
        BAD,
        NONE
    }

    /**
     * {@code (raw - zero) * scale / divide + offset}, or a polynomial of the raw number.
     *
     * @param zero the raw number that means 0; taken away first, because whole numbers lose nothing by it
     * @param polynomial coefficients from the constant on; empty if it is linear
     */
    public record Scaling(double zero, double scale, double divide, double offset, List<Double> polynomial) {
        static final Scaling NONE = new Scaling(0, 1, 1, 0, List.of());

        double apply(double raw) {
            if (polynomial.isEmpty()) {
                return (raw - zero) * scale / divide + offset;
            }
            double value = 0;
            for (int i = polynomial.size() - 1; i >= 0; i--) {
                value = value * raw + polynomial.get(i);
            }
            return value;
        }

        /** The raw number that {@link #apply} takes nearest to {@code value}; a polynomial has none. */
        double invert(double value) {
            return (value - offset) * divide / scale + zero;
        }
    }

    /** Whether the device of that id has it. */
    boolean isOf(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /** Name of the {@code n}th occurrence. */
    String name(int n) {
        return name.replace("{}", Integer.toString(n));
    }

    /** Whether an observation of that name is one of these. */
    boolean isNamed(String observation) {
        int gap = name.indexOf("{}");
        if (gap < 0) {
            return name.equals(observation);
        }
        String head = name.substring(0, gap);
        String tail = name.substring(gap + 2);
        if (!observation.startsWith(head)
                || !observation.endsWith(tail)
                || observation.length() <= head.length() + tail.length()) {
            return false;
        }
        String number = observation.substring(head.length(), observation.length() - tail.length());
        return number.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
