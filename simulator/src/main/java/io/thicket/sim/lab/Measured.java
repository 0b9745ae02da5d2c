package io.thicket.sim.lab;

import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a reading.
 *
 * @param name of its record
 * @param unit as SenML has it (RFC 8428 section 12.1), null for none
 */
public record Measured(String name, @Nullable String unit, double value) {
    /** The numbers among what a reading says. */
    static List<Measured> of(List<SenmlRecord> records) {
        List<Measured> values = new ArrayList<>();
        for (SenmlRecord each : records) {
            if (each.value() instanceof SenmlValue.Numeric number) {
                values.add(new Measured(each.name(), each.unit(), number.value()));
            }
        }
        return List.copyOf(values);
    }
}
