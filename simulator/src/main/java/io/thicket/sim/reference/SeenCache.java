package io.thicket.sim.reference;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which (originator, number) pairs were seen lately; at most {@link #MAX_ENTRIES}, the oldest goes first. */
final class SeenCache {
    static final int MAX_ENTRIES = 8_192;

    private record Key(int originator, int number) {}

    private final long lifeMs;
    private final LinkedHashMap<Key, Long> firstSeenMs = new LinkedHashMap<>();

    SeenCache(long lifeMs) {
        this.lifeMs = lifeMs;
    }

    /** True the first time within the cache's life. */
    boolean isNew(long nowMs, int originator, int number) {
        forgetOld(nowMs);
        if (firstSeenMs.putIfAbsent(new Key(originator, number), nowMs) != null) {
            return false;
        }
        if (firstSeenMs.size() > MAX_ENTRIES) {
            Iterator<Key> eldest = firstSeenMs.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return true;
    }

    int size() {
        return firstSeenMs.size();
    }

    /** Entries lie in the order in which they came, so the old ones are in front. */
    private void forgetOld(long nowMs) {
        Iterator<Map.Entry<Key, Long>> entries = firstSeenMs.entrySet().iterator();
        while (entries.hasNext() && nowMs - entries.next().getValue() >= lifeMs) {
            entries.remove();
        }
    }
}
