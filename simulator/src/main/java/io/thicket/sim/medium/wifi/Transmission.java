package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.Nullable;

/** One frame on the air, with everybody whom it reaches at least as a disturbance. As a task it is its own end. */
final class Transmission implements Runnable {
    private final Air air;
    final int from;
    /** Null for a MAC acknowledgement. */
    final @Nullable WifiFrame frame;
    /** Who the acknowledgement is for; otherwise as the frame says, {@link WifiFrame#EVERYONE} included. */
    final int to;

    final int number;
    final long startUs;
    final long endUs;
    final Reach reach;

    Transmission(
            Air air, int from, @Nullable WifiFrame frame, int to, int number, long startUs, long endUs, Reach reach) {
        this.air = air;
        this.from = from;
        this.frame = frame;
        this.to = to;
        this.number = number;
        this.startUs = startUs;
        this.endUs = endUs;
        this.reach = reach;
    }

    /** At {@code station}, one of those whom it reaches. */
    double power(int station) {
        return reach.power(reach.placeOf(station));
    }

    @Override
    public void run() {
        air.end(this);
    }
}
