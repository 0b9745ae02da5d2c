package io.thicket.sim.medium.wifi;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whom a station reaches, and how strongly. */
final class Reach {
    /** So many stations at most can be told apart. */
    static final int MAX_STATIONS = 1 << Character.SIZE + 1;

    /**
     * Of each receiver the last 16 bits of its number and, above them, the power there, at least what can be sensed: a {@link ShortPower}. First those that
     * can read it, then the others, both ascending by the numbers: a frame that ends is looked at where it can be read.
     */
    private final int[] receivers;

    /** How many can read it. */
    private final int readable;

    /** Of those, and of the others, the first place of a receiver whose number has a 17th bit. */
    private final int firstLongReadable;

    private final int firstLongOther;

    /**
     * What the propagation says of losses to those that can read it, in their order, NaN for what it was not asked yet; there from the first question
     * until it is known that there are none.
     */
    private double @Nullable [] losses;

    /** How many of those that can read it may have a loss other than 0. */
    private int perhapsLossy;

    /** The first {@code count} receivers, ascending and below {@link #MAX_STATIONS}, and their powers, each a {@link ShortPower}. */
    Reach(int count, int[] receivers, char[] powers, double decode) {
        int least = ShortPower.atLeast(decode);
        int reading = 0;
        int shorterReading = 0;
        int shorter = 0;
        for (int i = 0; i < count; i++) {
            boolean isShort = receivers[i] <= Character.MAX_VALUE;
            boolean reads = powers[i] >= least;
            reading += reads ? 1 : 0;
            shorterReading += reads && isShort ? 1 : 0;
            shorter += isShort ? 1 : 0;
        }
        this.receivers = new int[count];
        this.readable = reading;
        this.perhapsLossy = reading;
        this.firstLongReadable = shorterReading;
        this.firstLongOther = reading + shorter - shorterReading;
        int first = 0;
        int other = reading;
        for (int i = 0; i < count; i++) {
            int place = powers[i] >= least ? first++ : other++;
            this.receivers[place] = powers[i] << Character.SIZE | receivers[i] & Character.MAX_VALUE;
        }
    }

    /** How many receivers it has: their places are from 0 on. */
    int size() {
        return receivers.length;
    }

    /** How many can read it: the first ones, ascending by their numbers. */
    int readable() {
        return readable;
    }

    /** The receiver at that place. */
    int receiver(int place) {
        int last = receivers[place] & Character.MAX_VALUE;
        int firstLong = place < readable ? firstLongReadable : firstLongOther;
        return place < firstLong ? last : last | 1 << Character.SIZE;
    }

    /** All of them, in an array of the caller's. */
    int[] receivers() {
        return IntStream.range(0, size()).map(this::receiver).toArray();
    }

    /** The place of that one, which is a receiver. */
    int placeOf(int receiver) {
        int place = placeOf(receiver, 0, readable);
        return place < readable && receiver(place) == receiver ? place : placeOf(receiver, readable, size());
    }

    /** The first place from {@code from} on and before {@code to} of one whose number is not less, {@code to} if there is none. */
    private int placeOf(int receiver, int from, int to) {
        int low = from;
        int high = to;
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

    /** Whether it is known that none of those that can read it has a loss. */
    boolean isLossless() {
        return perhapsLossy == 0;
    }

    /** Of the link from {@code from} to the receiver at that place, one of those that can read it. */
    double loss(Propagation propagation, int from, int place) {
        if (isLossless()) {
            return 0;
        }
        double[] known = losses;
        if (known == null) {
            known = new double[readable];
            Arrays.fill(known, Double.NaN);
            losses = known;
        }
        double its = known[place];
        if (Double.isNaN(its)) {
            its = propagation.loss(from, receiver(place));
            known[place] = its;
            perhapsLossy -= its == 0 ? 1 : 0;
            losses = isLossless() ? null : known;
        }
        return its;
    }
}
