package io.thicket.routing.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key, at most {@link #MAX_KEYS}; the key that was not used for the longest time is forgotten, which
 * refills its bucket.
 */
final class TokenBuckets<K> {
    static final int MAX_KEYS = 1_024;

    private static final class Bucket {
        double tokens;
        long filledAtMs;
    }

    private final double perMs;
    private final double burst;
    private final LinkedHashMap<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    TokenBuckets(double perSecond, int burst) {
        this.perMs = perSecond / 1_000;
        this.burst = burst;
    }

    /** Takes one token of {@code key}; false if there is none. */
    boolean take(long nowMs, K key) {
        return take(nowMs, key, 1);
    }

    /** Takes {@code cost} tokens of {@code key}, or none if there are fewer; then false. */
    boolean take(long nowMs, K key, double cost) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            bucket.filledAtMs = nowMs;
            evictIfFull();
            buckets.put(key, bucket);
        }
        bucket.tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.filledAtMs) * perMs);
        bucket.filledAtMs = nowMs;
        if (bucket.tokens < cost) {
            return false;
        }
        bucket.tokens -= cost;
        return true;
    }

    int size() {
        return buckets.size();
    }

    private void evictIfFull() {
        if (buckets.size() >= MAX_KEYS) {
            Iterator<Map.Entry<K, Bucket>> eldest = buckets.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
