package io.thicket.routing.engine;

import java.util.Arrays;

/** The exchanges of one neighbour that were granted last, so that a repetition is recognized whose reply was lost. A part of a {@link Correspondence}. */
abstract sealed class GrantedExchanges extends HopWindow permits Correspondence {
    private static final int MOST = 32;

    private static final long[] NO_EXCHANGES = {};

    /** The number of each above the low half of the time. A ring that grows: most neighbours hand over little. */
    private long[] ring = NO_EXCHANGES;

    private int used;

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
            used = 0;
        }
        int known = Math.min(used, MOST);
        for (int i = 0; i < known; i++) {
            if ((int) (ring[i] >>> 32) == exchange && (int) nowMs - (int) ring[i] < lifeMs) {
                replyLostMs = nowMs;
                return true;
            }
        }
        return false;
    }

    /** Remembers an exchange whose every result was custody; a refused one is judged anew when it comes again. */
    final void granted(long nowMs, int exchange) {
        if (used == ring.length && used < MOST) {
            ring = Arrays.copyOf(ring, Math.max(1, 2 * used));
        }
        ring[used % MOST] = (long) exchange << 32 | nowMs & 0xffff_ffffL;
        used = used == 2 * MOST ? MOST + 1 : used + 1;
        lastMs = nowMs;
    }

    /** When it last repeated a frame that had been granted. */
    final long replyLostMs() {
        return replyLostMs;
    }
}
