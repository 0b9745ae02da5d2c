package io.thicket.sim.lab;

import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What sensors say where the world has no values: always the same, once for all nodes. As many as there are sizes of messages and
 * lengths of names in a scenario.
 */
final class ConstantReadings {
    private record Size(int nameLength, int payloadBytes) {}

    private final Map<Size, List<Observation>> known = new HashMap<>();

    /** What makes a message of {@code payloadBytes} of a node of that name, of which only the length counts: names are ASCII. */
    List<Observation> of(String name, int payloadBytes) {
        return known.computeIfAbsent(
                new Size(name.length(), payloadBytes),
                unused -> List.copyOf(observations(OutboxOrigin.records(name, payloadBytes))));
    }

    /** As a sensor says it. */
    static List<Observation> observations(List<SenmlRecord> records) {
        List<Observation> all = new ArrayList<>();
        for (SenmlRecord record : records) {
            if (record.value() instanceof SenmlValue.Numeric number) {
                all.add(Observation.good(record.name(), number.value(), record.unit()));
            } else if (record.value() instanceof SenmlValue.Text text) {
                all.add(Observation.good(record.name(), text.value()));
            }
        }
        return all;
    }
}
