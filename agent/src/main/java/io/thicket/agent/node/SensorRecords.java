package io.thicket.agent.node;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a driver said, as SenML. */
public final class SensorRecords {
    private SensorRecords() {}

    /** One record per observation, in their order; at most {@link SenmlPack#MAX_RECORDS}. */
    public static List<SenmlRecord> of(List<Observation> observations) {
        List<SenmlRecord> records = new ArrayList<>(observations.size());
        for (Observation observation : observations) {
            if (records.size() == SenmlPack.MAX_RECORDS) {
                break;
            }
            records.add(new SenmlRecord(
                    observation.name(),
                    observation.unit(),
                    valueOf(observation.value()),
                    qualityOf(observation.quality())));
        }
        return List.copyOf(records); // which takes no more than it needs, and whoever keeps it makes no other copy
    }

    private static SenmlValue valueOf(Observation.Value value) {
        if (value instanceof Observation.Value.Numeric number) {
            return new SenmlValue.Numeric(number.value());
        }
        if (value instanceof Observation.Value.Text text) {
            return new SenmlValue.Text(text.value());
        }
        if (value instanceof Observation.Value.Flag flag) {
            return new SenmlValue.Flag(flag.value());
        }
        throw new AssertionError("no SenML form for " + value);
    }

    private static @Nullable String qualityOf(Quality quality) {
        return quality == Quality.GOOD ? null : quality.name().toLowerCase(Locale.ROOT);
    }
}
