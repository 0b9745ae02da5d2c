package io.thicket.routing.engine;

/**
 * Whether one link carries so much of this node's traffic that HELLOs have little to say ({@link HelloThinning}).
 */
final class LinkLoad {
    /** So many answered frames in Imax: one a second on Wi-Fi. */
    static final int BUSY_ANSWERS = 60;

    private final long halfMs;
    private long halfStartedMs;
    private int before;
    private int now;

    LinkLoad(long helloMaxMs, long nowMs) {
        this.halfMs = Math.max(1, helloMaxMs / 2);
        this.halfStartedMs = nowMs;
    }

    /** A neighbour answered a frame. */
    void answered(long nowMs) {
        roll(nowMs);
        now = Math.min(now + 1, BUSY_ANSWERS);
    }

    /** Of the last Imax, or half of it at least. */
    boolean isBusy(long nowMs) {
        roll(nowMs);
        return before + now >= BUSY_ANSWERS;
    }

    private void roll(long nowMs) {
        long halves = (nowMs - halfStartedMs) / halfMs;
        if (halves > 0) {
            before = halves == 1 ? now : 0;
            now = 0;
            halfStartedMs += halves * halfMs;
        }
    }
}
