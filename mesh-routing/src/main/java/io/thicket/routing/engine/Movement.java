package io.thicket.routing.engine;

/**
 * Whether the neighbourhood of one link changes all the time because nodes move: neighbours that nobody had heard of for long keep arriving.
 * Congestion looks different; there the same neighbours are lost and found within their HELLO intervals.
 */
final class Movement {
    /** So many arrivals within the window mean movement. */
    static final int ARRIVALS = 3;

    /** The window, and how long after its start a router meets its neighbours for the first time, in Imin. */
    static final int WINDOW_INTERVALS = 30;

    /** HELLOs are no rarer than every so many Imin while nodes move. */
    static final int LONGEST_INTERVALS = 2;

    private final long windowMs;
    private final long startedMs;
    private final long[] arrivedMs = new long[ARRIVALS];
    private int arrivals;

    Movement(long helloMinMs, long nowMs) {
        this.windowMs = WINDOW_INTERVALS * helloMinMs;
        this.startedMs = nowMs;
    }

    /** A neighbour was heard for the first time, or after a silence that ends a link. */
    void arrived(long nowMs) {
        if (nowMs - startedMs >= windowMs) {
            arrivedMs[arrivals % ARRIVALS] = nowMs;
            arrivals = arrivals == 2 * ARRIVALS - 1 ? ARRIVALS : arrivals + 1;
        }
    }

    boolean isRestless(long nowMs) {
        return arrivals >= ARRIVALS && nowMs - arrivedMs[arrivals % ARRIVALS] < windowMs;
    }
}
