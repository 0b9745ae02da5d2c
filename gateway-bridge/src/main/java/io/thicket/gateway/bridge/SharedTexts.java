package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of quantities, units and sensors, each kept once: the nodes of a site have the same few, and each message brings them anew. So
 * are what a sensor measures in which units, and whole readings, of which switches and counters at rest have the same few too. Bounded; when it is full it begins anew.
 */
final class SharedTexts {
    /** Texts known at once. */
    static final int MAX_TEXTS = 512;

    /** Units of sensors known at once. */
    static final int MAX_UNITS = 128;

    /** Readings known at once. */
    static final int MAX_READINGS = 128;

    private final Map<String, String> known = new HashMap<>();
    private final Map<Units, Units> units = new HashMap<>();
    private final Map<List<SenmlRecord>, List<SenmlRecord>> readings = new HashMap<>();

    /** The text that is kept in the place of this equal one. */
    String of(String text) {
        String same = known.get(text);
        if (same != null) {
            return same;
        }
        if (known.size() >= MAX_TEXTS) {
            known.clear(); // whoever makes up names must not keep out those that are in use
        }
        known.put(text, text);
        return text;
    }

    /** The units that are kept in the place of these equal ones. */
    Units of(Units ofSensor) {
        Units same = units.get(ofSensor);
        if (same != null) {
            return same;
        }
        if (units.size() >= MAX_UNITS) {
            units.clear(); // as above
        }
        units.put(ofSensor, ofSensor);
        return ofSensor;
    }

    /** The reading that is kept in the place of this equal one. */
    List<SenmlRecord> of(List<SenmlRecord> records) {
        List<SenmlRecord> same = readings.get(records);
        if (same != null) {
            return same;
        }
        if (readings.size() >= MAX_READINGS) {
            readings.clear(); // hardly any reading of most sensors comes again
        }
        List<SenmlRecord> kept = withSharedTexts(records);
        readings.put(kept, kept);
        return kept;
    }

    private List<SenmlRecord> withSharedTexts(List<SenmlRecord> records) {
        List<SenmlRecord> shared = new ArrayList<>(records.size());
        for (SenmlRecord record : records) {
            String unit = record.unit();
            shared.add(new SenmlRecord(
                    of(record.name()), unit == null ? null : of(unit), record.value(), record.quality()));
        }
        return List.copyOf(shared);
    }
}
