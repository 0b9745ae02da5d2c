package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whom a station reaches, and how strongly. */
final class Reach {
    /** Ascending. */
    final int[] receivers;

    /** Of each of {@link #receivers}, at least what can be sensed. */
    final double[] powers;

    /** The places of those that can read it, ascending. */
    final int[] readable;

    /**
     * What the propagation says of losses to each of {@link #readable}, NaN for what it was not asked yet; there from the first question
     * until it is known that there are none.
     */
    private double @Nullable [] losses;

    /** How many of those that can read it may have a loss other than 0. */
    private int perhapsLossy;

    Reach(int[] receivers, double[] powers, double decode) {
        this.receivers = receivers;
        this.powers = powers;
        int[] places = new int[powers.length];
        for (int place = 0; place < powers.length; place++) {
            if (powers[place] >= decode) {
                places[perhapsLossy++] = place;
            }
        }
        this.readable = Arrays.copyOf(places, perhapsLossy);
    }

    /** Whether it is known that none of those that can read it has a loss. */
    boolean isLossless() {
        return perhapsLossy == 0;
    }

    /** Of the link from {@code from} to the receiver at that place, one of {@link #readable}. */
    double loss(Propagation propagation, int from, int place) {
        if (isLossless()) {
            return 0;
        }
        double[] known = losses;
        if (known == null) {
            known = new double[readable.length];
            Arrays.fill(known, Double.NaN);
            losses = known;
        }
        int index = Arrays.binarySearch(readable, place);
        double its = known[index];
        if (Double.isNaN(its)) {
            its = propagation.loss(from, receivers[place]);
            known[index] = its;
            perhapsLossy -= its == 0 ? 1 : 0;
            losses = isLossless() ? null : known;
        }
        return its;
    }
}
