package io.thicket.routing.engine;

/** How many hop messages may be unacknowledged at one neighbour: additive increase, multiplicative decrease (2.7). */
final class HopWindow {
    private final int max;
    private double size = 2;
    private int inFlight;
    private long pausedUntilMs = Long.MIN_VALUE / 2;

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

    long pausedUntilMs() {
        return pausedUntilMs;
    }

    int inFlight() {
        return inFlight;
    }
}
