package io.thicket.routing.engine;

/** A way that costs more for a while, which wears off evenly; for twice as long each time that it comes again soon. */
final class Demotion {
    private final int worstPercent;
    private final long firstMs;
    private final long longestMs;
    private long atMs;
    private long forMs;

    /**
     * None yet.
     *
     * @param worstPercent what the way costs at first, in percent of its metric
     * @param firstMs how long it wears off the first time
     * @param longestMs how long at most; what comes again within that time lasts longer
     */
    Demotion(int worstPercent, long firstMs, long longestMs) {
        this.worstPercent = worstPercent;
        this.firstMs = firstMs;
        this.longestMs = longestMs;
    }

    void begin(long nowMs) {
        boolean again = forMs > 0 && nowMs - atMs < longestMs;
        forMs = again ? Math.min(longestMs, 2 * forMs) : firstMs;
        atMs = nowMs;
    }

    /** What the way costs now, in percent of its metric. */
    int percent(long nowMs) {
        long leftMs = forMs - (nowMs - atMs);
        return forMs == 0 || leftMs <= 0
                ? E2eScores.NORMAL_PERCENT
                : E2eScores.NORMAL_PERCENT + (int) ((worstPercent - E2eScores.NORMAL_PERCENT) * leftMs / forMs);
    }
}
