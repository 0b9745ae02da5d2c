package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whom a station reaches, and how strongly. */
final class Reach {
    /** Ascending. */
    final int[] receivers;

    /** Of each of {@link #receivers}, at least what can be sensed: a {@link ShortPower}. */
    private final char[] powers;

    /** The least of those that can be read. */
    private final int decode;

    /**
     * What the propagation says of losses to those that can read it, in their order, NaN for what it was not asked yet; there from the first question
     * until it is known that there are none.
     */
    private double @Nullable [] losses;

    /** How many of those that can read it may have a loss other than 0. */
    private int perhapsLossy;

    /** {@code powers} are {@link ShortPower}s. */
    Reach(int[] receivers, char[] powers, double decode) {
        this.receivers = receivers;
        this.powers = powers;
        this.decode = ShortPower.atLeast(decode);
        for (int place = 0; place < powers.length; place++) {
            perhapsLossy += isReadable(place) ? 1 : 0;
        }
    }

    /** At the receiver at that place. */
    double power(int place) {
        return ShortPower.mw(powers[place]);
    }

    /** Whether the receiver at that place can read it. */
    boolean isReadable(int place) {
        return powers[place] >= decode;
    }

    /** Whether it is known that none of those that can read it has a loss. */
    boolean isLossless() {
        return perhapsLossy == 0;
    }

    /** Of the link from {@code from} to the receiver at that place, which is so many places behind the first one of those that can read it. */
    double loss(Propagation propagation, int from, int place, int behind) {
        if (isLossless()) {
            return 0;
        }
        double[] known = losses;
        if (known == null) {
            known = new double[perhapsLossy];
            Arrays.fill(known, Double.NaN);
            losses = known;
        }
        double its = known[behind];
        if (Double.isNaN(its)) {
            its = propagation.loss(from, receivers[place]);
            known[behind] = its;
            perhapsLossy -= its == 0 ? 1 : 0;
            losses = isLossless() ? null : known;
        }
        return its;
    }
}
