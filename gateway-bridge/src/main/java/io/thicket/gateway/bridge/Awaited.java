package io.thicket.gateway.bridge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this gateway has published and has not heard back yet. A broker drops what it cannot bring its clients fast enough, so what does not
 * come back in time never will.
 */
final class Awaited<K> {
    private final long backWithinMs;

    /** When each was sent, the oldest first. */
    private final Map<K, Long> sentMs = new LinkedHashMap<>();

    private long dropped;

    /** Nothing yet; {@code backWithinMs}: later than that nothing comes back. */
    Awaited(long backWithinMs) {
        this.backWithinMs = backWithinMs;
    }

    /** Sent now, for the first time or again. */
    void sent(long nowMs, K key) {
        forgetDropped(nowMs);
        sentMs.remove(key); // the order is that of the times
        sentMs.put(key, nowMs);
    }

    /** It came back, or is not to be waited for any more; nothing happens if it was not. */
    void back(K key) {
        if (!sentMs.isEmpty()) { // asked about each reading of the site
            sentMs.remove(key);
        }
    }

    /** Whether none is waited for. */
    boolean isEmpty() {
        return sentMs.isEmpty();
    }

    /** How many may still come back. */
    int size(long nowMs) {
        forgetDropped(nowMs);
        return sentMs.size();
    }

    /** How many never came back since {@link #clear}. */
    long dropped(long nowMs) {
        forgetDropped(nowMs);
        return dropped;
    }

    /** A new connection: nothing is on its way. */
    void clear() {
        sentMs.clear();
        dropped = 0;
    }

    private void forgetDropped(long nowMs) {
        Iterator<Long> oldest = sentMs.values().iterator();
        while (oldest.hasNext() && nowMs - oldest.next() >= backWithinMs) {
            oldest.remove();
            dropped++;
        }
    }
}
