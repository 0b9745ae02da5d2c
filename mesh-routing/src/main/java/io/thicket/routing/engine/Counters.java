package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What this router counted since its start. */
final class Counters {
    private final long[] values = new long[RoutingCounter.values().length];

    void count(RoutingCounter counter) {
        values[counter.ordinal()]++;
    }

    void add(RoutingCounter counter, long amount) {
        values[counter.ordinal()] += amount;
    }

    /** Every counter, in declaration order. */
    Map<RoutingCounter, Long> snapshot() {
        EnumMap<RoutingCounter, Long> copy = new EnumMap<>(RoutingCounter.class);
        for (RoutingCounter counter : RoutingCounter.values()) {
            copy.put(counter, values[counter.ordinal()]);
        }
        return Collections.unmodifiableMap(copy);
    }
}
