package io.thicket.drivers.modbus;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the values of one round of requests. */
final class Reading {
    private final Set<String> wanted;
    private final Map<String, @Nullable Observation> slots = new LinkedHashMap<>();
    private String complaint = "";
    private boolean begun;
    private long arrivedAtMs;

    /**
     * @param values in the order of the reading
     * @param wanted names to hand on, empty for all
     */
    Reading(List<RegisterValue> values, Set<String> wanted) {
        this.wanted = wanted;
        for (RegisterValue value : values) {
            slots.put(value.name(), null);
        }
    }

    /** Begins a new round. */
    void clear() {
        slots.replaceAll((name, old) -> null);
        complaint = "";
        begun = false;
    }

    /** The table's entries from {@code base} on are in {@code data[at..]}; {@code values} are all among them. */
    void take(List<RegisterValue> values, long atMs, byte[] data, int at, int base) {
        if (!begun) {
            begun = true;
            arrivedAtMs = atMs;
        }
        for (RegisterValue value : values) {
            slots.put(value.name(), value.read(data, at, base).orElse(null));
            if (value.isStatus()) {
                String words = value.complaint(data, at, base);
                complaint = words.isEmpty() || complaint.isEmpty() ? complaint + words : complaint + ", " + words;
            }
        }
    }

    /** When the first byte of the first answer was read. */
    long arrivedAtMs() {
        return arrivedAtMs;
    }

    /** What the device's status registers complain of, empty if nothing. */
    String complaint() {
        return complaint;
    }

    /** The values; empty if there are none. */
    List<Observation> observations() {
        List<Observation> all = new ArrayList<>();
        for (Observation value : slots.values()) {
            if (value != null && (wanted.isEmpty() || wanted.contains(value.name()))) {
                all.add(complaint.isEmpty() ? value : suspect(value));
            }
        }
        return List.copyOf(all);
    }

    private Observation suspect(Observation value) {
        return new Observation(
                value.name(), value.value(), value.unit(), Quality.UNCERTAIN, "the device reports: " + complaint);
    }
}
