package io.thicket.gateway.bridge;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What a bridge has counted since its start. */
@SuppressWarnings("EnumOrdinal") // An array indexed by the constants of this build; the index leaves it nowhere.
final class BridgeCounters {
    private final long[] counts = new long[BridgeCounter.values().length];

    void add(BridgeCounter counter, int more) {
        counts[counter.ordinal()] += more;
    }

    long get(BridgeCounter counter) {
        return counts[counter.ordinal()];
    }

    /** Every counter, in order of declaration. */
    Map<BridgeCounter, Long> all() {
        Map<BridgeCounter, Long> all = new EnumMap<>(BridgeCounter.class);
        for (BridgeCounter counter : BridgeCounter.values()) {
            all.put(counter, get(counter));
        }
        return Collections.unmodifiableMap(all);
    }
}
