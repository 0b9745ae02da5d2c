package io.thicket.routing.engine;

/** The exchanges of one neighbour that were granted last, so that a repetition is recognized whose reply was lost. A part of a {@link Correspondence}. */
abstract sealed class GrantedExchanges extends HopWindow permits Correspondence {
    private static final int MOST = 32;

    private static final long[] NO_EXCHANGES = {};

    /** The number of each above the low half of the time, in their order from {@link #oldest} on. Most neighbours hand over little. */
    private long[] ring = NO_EXCHANGES;

    /** The place of the oldest one, and of the next one if nobody can repeat the oldest any more. */
    private byte oldest;

    /** When the last one was granted: after a life of silence the ring is empty, so that halves of times do. */
    private long lastMs;

    /** When the neighbour last repeated one: my reply was lost. */
    private long replyLostMs = Neighbor.LONG_AGO_MS;

    GrantedExchanges(int windowMax) {
        super(windowMax);
    }

    /** Whether this one was granted within {@code lifeMs}; then its reply was lost. */
    final boolean isRepetition(long nowMs, int exchange, long lifeMs) {
        if (nowMs - lastMs >= lifeMs) {
            ring = NO_EXCHANGES;
            oldest = 0;
        }
        for (long granted : ring) {
            if ((int) (granted >>> 32) == exchange && isAlive(nowMs, granted, lifeMs)) {
                replyLostMs = nowMs;
                return true;
            }
        }
        return false;
    }

    /** Remembers an exchange whose every result was custody; a refused one is judged anew when it comes again. */
    final void granted(long nowMs, int exchange, long lifeMs) {
        if (ring.length == 0 || ring.length < MOST && isAlive(nowMs, ring[oldest], lifeMs)) {
            makeRoom();
        }
        ring[oldest] = (long) exchange << 32 | nowMs & 0xffff_ffffL;
        oldest = (byte) ((oldest + 1) % ring.length);
        lastMs = nowMs;
    }

    private static boolean isAlive(long nowMs, long granted, long lifeMs) {
        return (int) nowMs - (int) granted < lifeMs;
    }

    /** One place more, in front of the oldest one. */
    private void makeRoom() {
        long[] larger = new long[ring.length + 1];
        System.arraycopy(ring, oldest, larger, 1, ring.length - oldest);
        System.arraycopy(ring, 0, larger, larger.length - oldest, oldest);
        ring = larger;
        oldest = 0;
    }

    /** When it last repeated a frame that had been granted. */
    final long replyLostMs() {
        return replyLostMs;
    }

    /** For tests: how many it has room for. */
    final int places() {
        return ring.length;
    }
}
