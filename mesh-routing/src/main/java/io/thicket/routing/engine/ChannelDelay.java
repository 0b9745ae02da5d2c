package io.thicket.routing.engine;

/**
 * How long answers take on one link just now, whoever gives them: all frames wait in the same transmit queue and for the same channel.
 * One neighbour's own round trips tell too late that the channel filled up; then a whole neighbourhood that is there would be called gone,
 * searched for and sent everything twice, which fills the channel more. The slowest answer counts, ever less over some seconds.
 */
final class ChannelDelay {
    /** An answer says nothing any more after this time; where nodes move, after the longer one. */
    static final long MEMORY_MS = 4_000;

    static final long MEMORY_RESTLESS_MS = 8_000;

    /** Where nodes move: to call one gone that is there costs a search, to notice a moment later that one left costs little. */
    private static final int RESTLESS_FACTOR = 2;

    /** But whoever is gone must be noticed. In first timeouts of the link's class, and no longer than its longest one. */
    private static final int MOST_TIMEOUTS = 4;

    /** Weight of one more answer in the mean of all. */
    private static final double ALPHA = 0.125;

    private final RoutingParameters parameters;
    private double meanMs = -1;
    private int slowestMs;
    private long atMs;

    ChannelDelay(RoutingParameters parameters) {
        this.parameters = parameters;
    }

    /** A frame that was sent once was answered after so long. */
    void answered(long nowMs, long rttMs) {
        meanMs = meanMs < 0 ? rttMs : (1 - ALPHA) * meanMs + ALPHA * rttMs;
        if (rttMs >= slowestMs(nowMs, MEMORY_RESTLESS_MS)) {
            slowestMs = (int) Math.min(Integer.MAX_VALUE, rttMs);
            atMs = nowMs;
        }
    }

    /** How long the answer to a frame is waited for at least; 0 if nothing is known. */
    long timeoutMs(long nowMs, boolean restless) {
        return Math.min(
                Math.min(MOST_TIMEOUTS * parameters.rtoInitMs(), parameters.rtoCeilingMs()),
                restless ? RESTLESS_FACTOR * slowestMs(nowMs, MEMORY_RESTLESS_MS) : slowestMs(nowMs, MEMORY_MS));
    }

    /**
     * The timeout for a neighbour that never answered anything: twice the shortest of the link's class where others answer within that, not
     * what has to do where nothing is known. An alternate that is dead, too, is left in a second then, not in five.
     */
    long firstTimeoutMs() {
        long quickMs = 2 * parameters.rtoFloorMs();
        return meanMs >= 0 && meanMs < quickMs / 4.0
                ? Math.min(quickMs, parameters.rtoInitMs())
                : parameters.rtoInitMs();
    }

    private long slowestMs(long nowMs, long memoryMs) {
        long leftMs = memoryMs - (nowMs - atMs);
        return leftMs <= 0 ? 0 : slowestMs * leftMs / memoryMs;
    }
}
