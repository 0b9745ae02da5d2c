package io.thicket.routing.engine;

/** How many hop messages may be unacknowledged at one neighbour: additive increase, multiplicative decrease (2.7). A part of a {@link Correspondence}. */
abstract sealed class HopWindow extends UnicastQuality permits GrantedExchanges {
    private final int max;
    private double size = 2;
    private int inFlight;
    private boolean doubtful;
    private long pausedUntilMs = Long.MIN_VALUE / 2;

    HopWindow(int max) {
        this.max = max;
        this.size = Math.min(size, max);
    }

    /**
     * Whether another one may be sent; {@code restless} if the neighbour may be gone at any moment. What is on the way to it then
     * blocks the MAC's queue for a tenth of a second each, and everybody else's answers with it; messages share frames, so that
     * one at a time is no less throughput.
     */
    final boolean hasRoom(long nowMs, boolean restless) {
        int limit = doubtful || restless ? 1 : (int) size;
        return inFlight < limit && pausedUntilMs - nowMs <= 0;
    }

    final void sent() {
        inFlight++;
    }

    final void acknowledged() {
        inFlight--;
        size = Math.min(max, size + 1 / size);
    }

    final void lost() {
        inFlight--;
        shrink();
    }

    /** A frame is overdue and nothing else was answered meanwhile: the neighbour may be gone, so nothing more is risked. */
    final void overdue() {
        doubtful = true;
    }

    /** The neighbour answered. */
    final void answered() {
        doubtful = false;
    }

    /** The exchange ended without saying anything about congestion. */
    final void released() {
        inFlight--;
    }

    final void shrink() {
        size = Math.max(1, size / 2);
    }

    /** The neighbour must first be introduced (4.01), or the channel is full. */
    final void pause(long untilMs) {
        pausedUntilMs = Math.max(pausedUntilMs, untilMs);
    }

    final long pausedUntilMs() {
        return pausedUntilMs;
    }

    final int inFlight() {
        return inFlight;
    }
}
