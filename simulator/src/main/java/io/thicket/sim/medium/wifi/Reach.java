package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whom a station reaches, and how strongly. */
final class Reach {
    /** So many stations at most can be told apart. */
    static final int MAX_STATIONS = 1 << Character.SIZE + 1;

    /**
     * Of each receiver the last 16 bits of its number and, above them, the power there, at least what can be sensed: a {@link ShortPower}. Ascending by
     * the numbers.
     */
    private final int[] receivers;

    /** The first place of a receiver whose number has a 17th bit. */
    private final int firstOfLong;

    /** The least of those that can be read. */
    private final int decode;

    /**
     * What the propagation says of losses to those that can read it, in their order, NaN for what it was not asked yet; there from the first question
     * until it is known that there are none.
     */
    private double @Nullable [] losses;

    /** How many of those that can read it may have a loss other than 0. */
    private int perhapsLossy;

    /** The first {@code count} receivers, ascending and below {@link #MAX_STATIONS}, and their powers, each a {@link ShortPower}. */
    Reach(int count, int[] receivers, char[] powers, double decode) {
        this.receivers = new int[count];
        this.decode = ShortPower.atLeast(decode);
        int shorter = 0;
        for (int place = 0; place < count; place++) {
            this.receivers[place] = powers[place] << Character.SIZE | receivers[place] & Character.MAX_VALUE;
            shorter += receivers[place] <= Character.MAX_VALUE ? 1 : 0;
            perhapsLossy += isReadable(place) ? 1 : 0;
        }
        firstOfLong = shorter;
    }

    /** How many receivers it has: their places are from 0 on, ascending by their numbers. */
    int size() {
        return receivers.length;
    }

    /** The receiver at that place. */
    int receiver(int place) {
        int last = receivers[place] & Character.MAX_VALUE;
        return place < firstOfLong ? last : last | 1 << Character.SIZE;
    }

    /** All of them, in an array of the caller's. */
    int[] receivers() {
        return IntStream.range(0, size()).map(this::receiver).toArray();
    }

    /** The place of that one, which is a receiver. */
    int placeOf(int receiver) {
        int low = 0;
        int high = size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (receiver(middle) < receiver) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** At the receiver at that place. */
    double power(int place) {
        return ShortPower.mw((char) (receivers[place] >>> Character.SIZE));
    }

    /** Whether the receiver at that place can read it. */
    boolean isReadable(int place) {
        return receivers[place] >>> Character.SIZE >= decode;
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
            its = propagation.loss(from, receiver(place));
            known[behind] = its;
            perhapsLossy -= its == 0 ? 1 : 0;
            losses = isLossless() ? null : known;
        }
        return its;
    }
}
