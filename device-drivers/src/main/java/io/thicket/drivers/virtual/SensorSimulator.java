package io.thicket.drivers.virtual;

import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that does not exist. The same quantities, generator and times of sampling give the same values.
 *
 * <p>Quantities are written as {@code name[:unit]=source}, separated by semicolons, for example
 * {@code temperature:Cel=sine(21,3,3600); humidity:%RH=walk(45,0.5,20,80)}. Sources: {@code constant(value)},
 * {@code ramp(from,to,seconds)}, {@code sine(mean,amplitude,seconds)}, {@code walk(start,step,min,max)}.
 */
public final class SensorSimulator {
    /** Most quantities of one sensor. */
    public static final int MAX_QUANTITIES = 16;

    private static final double DECIMALS = 1000;
    private static final double MAX_PERIOD_S = 1e9;

    private final LongFunction<List<Observation>> sampler;

    /** Quantities as {@link #parse} gives them; sources have a state, so they serve one simulator only. */
    public SensorSimulator(List<Quantity> quantities, RandomGenerator random) {
        List<Quantity> its = List.copyOf(quantities);
        this.sampler = elapsedMs -> sample(its, random, elapsedMs);
    }

    /** A sensor whose values come from elsewhere. */
    public SensorSimulator(LongFunction<List<Observation>> sampler) {
        this.sampler = sampler;
    }

    /**
     * One quantity.
     *
     * @param unit null if it has none; values of a secondary unit are converted
     */
    public record Quantity(String name, @Nullable SenmlUnit unit, ValueSource source) {}

    /** The values {@code elapsedMs} after the sensor began; none if it says nothing then. */
    public List<Observation> sample(long elapsedMs) {
        return sampler.apply(elapsedMs);
    }

    private static List<Observation> sample(List<Quantity> quantities, RandomGenerator random, long elapsedMs) {
        List<Observation> values = new ArrayList<>();
        for (Quantity quantity : quantities) {
            double value = Math.rint(quantity.source().next(elapsedMs, random) * DECIMALS) / DECIMALS;
            SenmlUnit unit = quantity.unit();
            values.add(
                    unit == null
                            ? Observation.good(quantity.name(), value, null)
                            : Observation.good(quantity.name(), unit.toPrimary(value), unit.primary()));
        }
        return values;
    }

    /** Reads the notation above; a fault is an {@link IllegalArgumentException} that says what is allowed. */
    public static List<Quantity> parse(String text) {
        List<Quantity> quantities = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String item : text.split(";")) {
            if (item.isBlank()) {
                continue;
            }
            Quantity quantity = parseQuantity(item.strip());
            if (!names.add(quantity.name())) {
                throw new IllegalArgumentException("option quantities: '" + quantity.name() + "' is there twice");
            }
            quantities.add(quantity);
        }
        if (quantities.isEmpty() || quantities.size() > MAX_QUANTITIES) {
            throw new IllegalArgumentException("option quantities: 1 to " + MAX_QUANTITIES + " quantities, not "
                    + quantities.size() + "; write for example temperature:Cel=sine(21,3,3600)");
        }
        return quantities;
    }

    private static Quantity parseQuantity(String item) {
        int equals = item.indexOf('=');
        int open = item.indexOf('(');
        if (equals < 1 || open < equals || !item.endsWith(")")) {
            throw refuse(item, "should look like temperature:Cel=sine(21,3,3600)");
        }
        String head = item.substring(0, equals).strip();
        int colon = head.lastIndexOf(':');
        String name = colon < 0 ? head : head.substring(0, colon).strip();
        if (!Observation.isValidName(name)) {
            throw refuse(item, "'" + name + "' cannot be a name");
        }
        SenmlUnit unit = null;
        if (colon >= 0) {
            String wanted = head.substring(colon + 1).strip();
            unit = SenmlUnit.find(wanted).orElseThrow(() -> refuse(item, SenmlUnit.explainUnknown(wanted)));
        }
        double[] numbers = numbers(item, item.substring(open + 1, item.length() - 1));
        return new Quantity(
                name, unit, source(item, item.substring(equals + 1, open).strip(), numbers));
    }

    private static ValueSource source(String item, String kind, double[] numbers) {
        return switch (kind) {
            case "constant" -> {
                requireCount(item, numbers, 1, "constant(value)");
                yield ValueSource.constant(numbers[0]);
            }
            case "ramp" -> {
                requireCount(item, numbers, 3, "ramp(from,to,seconds)");
                yield ValueSource.ramp(numbers[0], numbers[1], periodMs(item, numbers[2]));
            }
            case "sine" -> {
                requireCount(item, numbers, 3, "sine(mean,amplitude,seconds)");
                yield ValueSource.sine(numbers[0], numbers[1], periodMs(item, numbers[2]));
            }
            case "walk" -> {
                requireCount(item, numbers, 4, "walk(start,step,min,max)");
                if (numbers[1] < 0 || numbers[2] > numbers[3]) {
                    throw refuse(item, "walk(start,step,min,max) needs step >= 0 and min <= max");
                }
                yield ValueSource.randomWalk(numbers[0], numbers[1], numbers[2], numbers[3]);
            }
            default -> throw refuse(item, "'" + kind + "' is not one of constant, ramp, sine, walk");
        };
    }

    private static double[] numbers(String item, String list) {
        String[] parts = list.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            if (!part.matches("[-+]?[0-9]{1,12}(\\.[0-9]{1,12})?")) {
                throw refuse(item, "'" + part + "' is not a number");
            }
            numbers[i] = Double.parseDouble(part);
        }
        return numbers;
    }

    private static void requireCount(String item, double[] numbers, int count, String form) {
        if (numbers.length != count) {
            throw refuse(item, "should be " + form);
        }
    }

    private static long periodMs(String item, double seconds) {
        if (seconds < 0.001 || seconds > MAX_PERIOD_S) {
            throw refuse(item, "the period is 0.001 to 1000000000 seconds");
        }
        return Math.round(seconds * 1000);
    }

    private static IllegalArgumentException refuse(String item, String sentence) {
        return new IllegalArgumentException("option quantities: in '" + item + "': " + sentence);
    }
}
