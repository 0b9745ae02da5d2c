package io.thicket.routing.engine;

/** How many hop messages may be unacknowledged at one neighbour: additive increase, multiplicative decrease (2.7). */
final class HopWindow {
    /** A neighbour that stays full is asked every few seconds: the frames that it refuses leave less room for its own. */
    static final int MAX_DOUBLINGS = 4;

    private final int max;
    private double size = 2;
    private int inFlight;
    private long pausedUntilMs = Long.MIN_VALUE / 2;

    /** Frames in a row that a full neighbour refused. */
    private int refusedInRow;

    HopWindow(int max) {
        this.max = max;
        this.size = Math.min(size, max);
    }

    boolean hasRoom(long nowMs) {
        return inFlight < (int) size && pausedUntilMs - nowMs <= 0;
    }

    void sent() {
        inFlight++;
    }

    void acknowledged() {
        inFlight--;
        refusedInRow = 0;
        size = Math.min(max, size + 1 / size);
    }

    void lost() {
        inFlight--;
        shrink();
    }

    /** The exchange ended without saying anything about congestion. */
    void released() {
        inFlight--;
    }

    void shrink() {
        size = Math.max(1, size / 2);
    }

    /** The neighbour asked for a pause (5.03), or must first be introduced (4.01). */
    void pause(long untilMs) {
        pausedUntilMs = Math.max(pausedUntilMs, untilMs);
    }

    /**
     * The neighbour is full (5.03): a pause of {@code shortestMs}, doubled from the third refusal in a row on. What was in flight
     * together is one refusal.
     */
    void refused(long nowMs, long shortestMs) {
        if (pausedUntilMs - nowMs <= 0) {
            refusedInRow++;
            pause(nowMs + (shortestMs << Math.max(0, Math.min(refusedInRow - 2, MAX_DOUBLINGS))));
        }
    }

    long pausedUntilMs() {
        return pausedUntilMs;
    }

    int inFlight() {
        return inFlight;
    }
}
