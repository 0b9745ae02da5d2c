package io.thicket.drivers.modbus;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.UnitTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a kind of Modbus device has in its registers.
 *
 * @param id of the driver
 * @param title for people
 * @param line the usual serial parameters
 * @param unit its address as delivered
 * @param maxRegisters most registers that it gives at once
 * @param maxGap so many registers that nobody wants may be read along, to spare a request; 0 if it refuses what it does not have
 * @param timing how long it takes, and needs before it
 * @param minIntervalMs it is not asked more often
 * @param values in the order in which they are observed
 * @param examples recorded exchanges, which were decoded to check it
 * @param docs for people
 * @param commands what it can be told
 */
public record RegisterMap(
        String id,
        String title,
        LineParameters line,
        int unit,
        int maxRegisters,
        int maxGap,
        UnitTiming timing,
        long minIntervalMs,
        List<RegisterValue> values,
        List<RegisterExchange> examples,
        Docs docs,
        List<RegisterCommand> commands) {
    /** Texts for people. */
    public record Docs(String about, String wiring, List<String> traps) {
        public static final Docs NONE = new Docs("", "", List.of());

        public Docs {
            traps = List.copyOf(traps);
        }
    }

    /** Most values of one map: as many as a SenML pack carries. */
    public static final int MAX_VALUES = 64;

    public RegisterMap {
        values = List.copyOf(values);
        examples = List.copyOf(examples);
        commands = List.copyOf(commands);
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            throw new IllegalArgumentException(
                    id + " has " + values.size() + " values; allowed are 1 to " + MAX_VALUES);
        }
    }

    /** A map of a device that is only read. */
    public RegisterMap(
            String id,
            String title,
            LineParameters line,
            int unit,
            int maxRegisters,
            int maxGap,
            UnitTiming timing,
            long minIntervalMs,
            List<RegisterValue> values,
            List<RegisterExchange> examples,
            Docs docs) {
        this(id, title, line, unit, maxRegisters, maxGap, timing, minIntervalMs, values, examples, docs, List.of());
    }

    /** Names of the values. */
    public List<String> names() {
        return values.stream().map(RegisterValue::name).toList();
    }

    /** The values of those names and the status registers, on which they depend; all if {@code wanted} is empty. */
    List<RegisterValue> selected(Set<String> wanted) {
        List<RegisterValue> selected = new ArrayList<>();
        for (RegisterValue value : values) {
            if (wanted.isEmpty() || wanted.contains(value.name()) || value.isStatus()) {
                selected.add(value);
            }
        }
        return selected;
    }
}
