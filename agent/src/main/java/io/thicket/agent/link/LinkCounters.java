package io.thicket.agent.link;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** A link's counters: written by its receiver thread and by the loop. */
@SuppressWarnings("EnumOrdinal") // An array indexed by the constants of this build; the index leaves it nowhere.
final class LinkCounters {
    private static final LinkCounter[] ALL = LinkCounter.values();

    private final AtomicLongArray counts = new AtomicLongArray(ALL.length);

    void add(LinkCounter counter, long amount) {
        counts.addAndGet(counter.ordinal(), amount);
    }

    Map<LinkCounter, Long> snapshot() {
        Map<LinkCounter, Long> snapshot = new EnumMap<>(LinkCounter.class);
        for (LinkCounter counter : ALL) {
            snapshot.put(counter, counts.get(counter.ordinal()));
        }
        return snapshot;
    }
}
