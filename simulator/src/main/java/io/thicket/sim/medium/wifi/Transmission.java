package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.Nullable;

/** One frame on the air, with everybody whom it reaches at least as a disturbance. As a task it is its own end. */
final class Transmission implements Runnable {
    private final WifiMedium medium;
    final int from;
    /** Null for a MAC acknowledgement. */
    final @Nullable WifiFrame frame;
    /** Who the acknowledgement is for; otherwise as the frame says, {@link WifiFrame#EVERYONE} included. */
    final int to;

    final int number;
    final boolean retry;
    final long startUs;
    final long endUs;
    final Reach reach;

    Transmission(
            WifiMedium medium,
            int from,
            @Nullable WifiFrame frame,
            int to,
            int number,
            boolean retry,
            long startUs,
            long endUs,
            Reach reach) {
        this.medium = medium;
        this.from = from;
        this.frame = frame;
        this.to = to;
        this.number = number;
        this.retry = retry;
        this.startUs = startUs;
        this.endUs = endUs;
        this.reach = reach;
    }

    @Override
    public void run() {
        medium.end(this);
    }
}
