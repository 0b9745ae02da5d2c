package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What this router counted since its start. */
@SuppressWarnings(
        "EnumOrdinal") // The places are nobody else's, and live as long as this object: a map takes four times the
// memory.
final class Counters {
    private final long[] values = new long[RoutingCounter.values().length];

    void count(RoutingCounter counter) {
        add(counter, 1);
    }

    void add(RoutingCounter counter, long amount) {
        values[counter.ordinal()] += amount;
    }

    long get(RoutingCounter counter) {
        return values[counter.ordinal()];
    }

    /** Every counter, in declaration order. */
    Map<RoutingCounter, Long> snapshot() {
        EnumMap<RoutingCounter, Long> copy = new EnumMap<>(RoutingCounter.class);
        for (RoutingCounter counter : RoutingCounter.values()) {
            copy.put(counter, get(counter));
        }
        return Collections.unmodifiableMap(copy);
    }
}
