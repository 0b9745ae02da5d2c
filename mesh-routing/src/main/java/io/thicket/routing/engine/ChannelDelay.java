package io.thicket.routing.engine;

/**
 * How long answers take on one link just now, whoever gives them: all frames wait in the same transmit queue and for the same channel.
 * One neighbour's own round trips tell too late that the channel filled up; then a whole neighbourhood that is there would be called gone,
 * searched for and sent everything twice, which fills the channel more. The slowest answer counts, ever less over some seconds.
 */
final class ChannelDelay {
    /** An answer says nothing any more after this time. */
    static final long MEMORY_MS = 4_000;

    /** How long to wait for an answer at least, in percent of the slowest one. */
    private static final int MARGIN_PERCENT = 150;

    /** But whoever is gone must be noticed. In first timeouts of the link's class. */
    private static final int MOST_TIMEOUTS = 4;

    private final long mostMs;
    private long slowestMs;
    private long atMs;

    ChannelDelay(RoutingParameters parameters) {
        this.mostMs = MOST_TIMEOUTS * parameters.rtoInitMs();
    }

    /** A frame that was sent once was answered after so long. */
    void answered(long nowMs, long rttMs) {
        if (rttMs >= slowestMs(nowMs)) {
            slowestMs = rttMs;
            atMs = nowMs;
        }
    }

    /**
     * What a frame's timeout should be at least, before its random factor; 0 if nothing is known. Whoever moves gets more time: to call
     * one gone that is there costs a search, to notice a moment later that it left costs little.
     */
    long timeoutMs(long nowMs, boolean restless) {
        return restless ? patienceMs(nowMs) : Math.min(mostMs, slowestMs(nowMs));
    }

    /** How long the answer to a frame that is on its way is waited for at least. */
    long patienceMs(long nowMs) {
        return Math.min(mostMs, slowestMs(nowMs) * MARGIN_PERCENT / 100);
    }

    private long slowestMs(long nowMs) {
        long leftMs = MEMORY_MS - (nowMs - atMs);
        return leftMs <= 0 ? 0 : slowestMs * leftMs / MEMORY_MS;
    }
}
