package io.thicket.routing.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by key, at most {@link #MAX_KEYS}; the key that was not used for the longest time is forgotten, which
 * refills its bucket. A node has a score of these, and few are ever used: they are made for the first key.
 */
final class TokenBuckets<K> {
    static final int MAX_KEYS = 1_024;

    private final double perMs;
    private final int burst;
    private final LinkedHashMap<K, TokenBucket> buckets = new LinkedHashMap<>(4, 0.75f, true);

    TokenBuckets(double perSecond, int burst) {
        this.perMs = perSecond / 1_000;
        this.burst = burst;
    }

    /** {@code made}, or new ones if there are none yet. */
    static <K> TokenBuckets<K> of(@Nullable TokenBuckets<K> made, double perSecond, int burst) {
        return made == null ? new TokenBuckets<>(perSecond, burst) : made;
    }

    /** {@code made} without what {@link #forgetFull} forgets, null if nothing is left. */
    static <K> @Nullable TokenBuckets<K> trimmed(@Nullable TokenBuckets<K> made, long nowMs) {
        if (made != null) {
            made.forgetFull(nowMs);
        }
        return made == null || made.buckets.isEmpty() ? null : made;
    }

    /** Takes one token of {@code key}; false if there is none. */
    boolean take(long nowMs, K key) {
        return take(nowMs, key, 1);
    }

    /** Takes {@code cost} tokens of {@code key}, or none if there are fewer; then false. */
    boolean take(long nowMs, K key, double cost) {
        TokenBucket bucket = buckets.get(key);
        if (bucket == null) {
            evictIfFull();
            bucket = new TokenBucket(burst, nowMs);
            buckets.put(key, bucket);
        }
        return bucket.take(nowMs, perMs, burst, cost);
    }

    int size() {
        return buckets.size();
    }

    /**
     * Forgets the keys that were used longest ago as far as their buckets are full again, so that they would have the same tokens if they
     * were new. To be called now and then where keys come once and do not return.
     */
    void forgetFull(long nowMs) {
        Iterator<TokenBucket> eldest = buckets.values().iterator();
        while (eldest.hasNext() && eldest.next().isFull(nowMs, perMs, burst)) {
            eldest.remove();
        }
    }

    private void evictIfFull() {
        if (buckets.size() >= MAX_KEYS) {
            Iterator<TokenBucket> eldest = buckets.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
