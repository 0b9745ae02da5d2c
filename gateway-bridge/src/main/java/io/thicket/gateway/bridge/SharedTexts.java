package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of quantities, units and sensors, each kept once: the nodes of a site have the same few, and each message brings them anew.
 * Bounded; when it is full it begins anew.
 */
final class SharedTexts {
    /** Texts known at once. */
    static final int MAX_TEXTS = 512;

    private final Map<String, String> known = new HashMap<>();

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

    /** The same records with shared names and units. */
    List<SenmlRecord> of(List<SenmlRecord> records) {
        List<SenmlRecord> shared = new ArrayList<>(records.size());
        for (SenmlRecord record : records) {
            String unit = record.unit();
            shared.add(new SenmlRecord(
                    of(record.name()), unit == null ? null : of(unit), record.value(), record.quality()));
        }
        return List.copyOf(shared);
    }
}
