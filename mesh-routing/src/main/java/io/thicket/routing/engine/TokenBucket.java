package io.thicket.routing.engine;

import org.jspecify.annotations.Nullable;

/** How much of what is limited may be used now. Its owner knows the rate, and makes it when it is first needed. */
final class TokenBucket {
    private double tokens;
    private long filledAtMs;

    /** A full one. */
    TokenBucket() {
        this(Double.MAX_VALUE, 0); // cut to the burst when first used
    }

    TokenBucket(double tokens, long nowMs) {
        this.tokens = tokens;
        this.filledAtMs = nowMs;
    }

    /** {@code made}, or a full one if there is none yet. */
    static TokenBucket of(@Nullable TokenBucket made) {
        return made == null ? new TokenBucket() : made;
    }

    /** {@code made}, or null if it is full again: then it says what a new one would. */
    static @Nullable TokenBucket trimmed(@Nullable TokenBucket made, long nowMs, double perMs, double burst) {
        return made == null || made.isFull(nowMs, perMs, burst) ? null : made;
    }

    /** Takes {@code cost} tokens, or none if there are fewer; then false. */
    boolean take(long nowMs, double perMs, double burst, double cost) {
        tokens = Math.min(burst, tokens + (nowMs - filledAtMs) * perMs);
        filledAtMs = nowMs;
        if (tokens < cost) {
            return false;
        }
        tokens -= cost;
        return true;
    }

    void giveBack(double cost) {
        tokens += cost;
    }

    /** When {@code cost} tokens were or will be there if none are taken until then. */
    long reachesAtMs(double perMs, double cost) {
        return filledAtMs + (long) Math.ceil((cost - tokens) / perMs);
    }

    boolean isFull(long nowMs, double perMs, double burst) {
        return tokens + (nowMs - filledAtMs) * perMs >= burst;
    }
}
