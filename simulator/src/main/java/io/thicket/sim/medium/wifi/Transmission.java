package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.Nullable;

/** One frame on the air, with everybody whom it reaches at least as a disturbance. */
final class Transmission {
    final int from;
    /** Null for a MAC acknowledgement. */
    final @Nullable WifiFrame frame;
    /** Who the acknowledgement is for; otherwise as the frame says. */
    final int to;

    final int number;
    final boolean retry;
    final long startUs;
    final long endUs;
    final int[] receivers;
    final double[] powers;

    Transmission(
            int from,
            @Nullable WifiFrame frame,
            int to,
            int number,
            boolean retry,
            long startUs,
            long endUs,
            int[] receivers,
            double[] powers) {
        this.from = from;
        this.frame = frame;
        this.to = to;
        this.number = number;
        this.retry = retry;
        this.startUs = startUs;
        this.endUs = endUs;
        this.receivers = receivers;
        this.powers = powers;
    }
}
