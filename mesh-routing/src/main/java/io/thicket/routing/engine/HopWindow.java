package io.thicket.routing.engine;

/** How many hop messages may be unacknowledged at one neighbour: additive increase, multiplicative decrease (2.7). A part of a {@link Correspondence}. */
abstract sealed class HopWindow extends UnicastQuality permits GrantedExchanges {
    private static final int FIRST = 2;

    private double size;

    /** No more than exchanges can be open. */
    private char inFlight;

    private boolean doubtful;
    private long pausedUntilMs = Long.MIN_VALUE / 2;

    /** {@code max}: see {@link #acknowledged}. */
    HopWindow(int max) {
        this.size = Math.min(FIRST, max);
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

    /** There may be {@code max} at most in the window, of the link's class. */
    final void acknowledged(int max) {
        inFlight--;
        size = Math.min(Math.min(max, HopSender.MAX_EXCHANGES), size + 1 / size);
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
