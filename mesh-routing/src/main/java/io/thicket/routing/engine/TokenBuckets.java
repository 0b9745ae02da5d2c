package io.thicket.routing.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by key, at most {@link #MAX_KEYS}; the key that was not used for the longest time is forgotten, which
 * refills its bucket. A node has a score of these, and few ever see a second key: the map is made for that one.
 */
final class TokenBuckets<K> {
    static final int MAX_KEYS = 1_024;

    private static final class Bucket {
        double tokens;
        long filledAtMs;

        Bucket(double tokens, long filledAtMs) {
            this.tokens = tokens;
            this.filledAtMs = filledAtMs;
        }
    }

    private final double perMs;
    private final double burst;

    /** The key of {@link #onlyBucket}, as long as there is no other. */
    private @Nullable K onlyKey;

    private @Nullable Bucket onlyBucket;
    private @Nullable LinkedHashMap<K, Bucket> buckets;

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
        Bucket bucket = bucket(nowMs, key);
        bucket.tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.filledAtMs) * perMs);
        bucket.filledAtMs = nowMs;
        if (bucket.tokens < cost) {
            return false;
        }
        bucket.tokens -= cost;
        return true;
    }

    int size() {
        return buckets != null ? buckets.size() : onlyBucket != null ? 1 : 0;
    }

    private Bucket bucket(long nowMs, K key) {
        K only = onlyKey;
        Bucket onlys = onlyBucket;
        LinkedHashMap<K, Bucket> all = buckets;
        if (only != null && onlys != null) {
            if (only.equals(key)) {
                return onlys;
            }
            all = new LinkedHashMap<>(4, 0.75f, true);
            all.put(only, onlys);
            buckets = all;
            onlyKey = null;
            onlyBucket = null;
        }
        Bucket known = all == null ? null : all.get(key);
        if (known != null) {
            return known;
        }
        Bucket bucket = new Bucket(burst, nowMs);
        if (all == null) {
            onlyKey = key;
            onlyBucket = bucket;
        } else {
            evictIfFull(all);
            all.put(key, bucket);
        }
        return bucket;
    }

    /**
     * Forgets the keys that were used longest ago as far as their buckets are full again, so that they would have the same tokens if they
     * were new. To be called now and then where keys come once and do not return.
     */
    void forgetFull(long nowMs) {
        LinkedHashMap<K, Bucket> all = buckets;
        if (all == null) {
            if (onlyBucket != null && isFull(nowMs, onlyBucket)) {
                onlyKey = null;
                onlyBucket = null;
            }
            return;
        }
        Iterator<Bucket> eldest = all.values().iterator();
        while (eldest.hasNext() && isFull(nowMs, eldest.next())) {
            eldest.remove();
        }
        if (all.isEmpty()) {
            buckets = null;
        }
    }

    private boolean isFull(long nowMs, Bucket bucket) {
        return bucket.tokens + (nowMs - bucket.filledAtMs) * perMs >= burst;
    }

    private static void evictIfFull(Map<?, Bucket> all) {
        if (all.size() >= MAX_KEYS) {
            Iterator<? extends Map.Entry<?, Bucket>> eldest = all.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
