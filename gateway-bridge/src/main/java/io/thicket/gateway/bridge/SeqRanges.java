package io.thicket.gateway.bridge;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A set of sequence numbers of one boot as ranges. Bounded: beyond {@link #MAX_RANGES} the lowest range is forgotten. Nearly always
 * one range, or a few; they lie in one array.
 */
final class SeqRanges {
    /** Gaps are readings that were lost or are on their way; more than so many are not told apart. */
    static final int MAX_RANGES = 64;

    private static final long[] NONE = {};

    /** First and last number of each range, ascending; ranges neither overlap nor touch. */
    private long[] bounds = NONE;

    boolean contains(long seq) {
        return containsAll(seq, seq);
    }

    /** Whether every number from {@code first} to {@code last} is in the set. */
    boolean containsAll(long first, long last) {
        int range = endingAtOrAfter(first);
        return 2 * range < bounds.length && bounds[2 * range] <= first && last <= bounds[2 * range + 1];
    }

    /** Adds the numbers {@code first} to {@code last}; both 0 or more. Returns false if all were there. */
    boolean add(long first, long last) {
        if (first > last || containsAll(first, last)) {
            return false;
        }
        // The ranges from here to there overlap or touch the new one and become part of it.
        int from = endingAtOrAfter(first - 1);
        int to = from;
        long lowest = first;
        long highest = last;
        while (2 * to < bounds.length && bounds[2 * to] - 1 <= highest) {
            lowest = Math.min(lowest, bounds[2 * to]);
            highest = Math.max(highest, bounds[2 * to + 1]);
            to++;
        }
        if (to - from == 1) {
            bounds[2 * from] = lowest;
            bounds[2 * from + 1] = highest;
            return true;
        }
        long[] all = new long[bounds.length - 2 * (to - from) + 2];
        System.arraycopy(bounds, 0, all, 0, 2 * from);
        all[2 * from] = lowest;
        all[2 * from + 1] = highest;
        System.arraycopy(bounds, 2 * to, all, 2 * from + 2, bounds.length - 2 * to);
        bounds = all.length > 2 * MAX_RANGES ? Arrays.copyOfRange(all, 2, all.length) : all;
        return true;
    }

    /** The first range whose last number is not below {@code seq}; the number of ranges if there is none. */
    private int endingAtOrAfter(long seq) {
        int low = 0;
        int high = bounds.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether this set has a number that {@code other} has not. */
    boolean exceeds(SeqRanges other) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (!other.containsAll(bounds[i], bounds[i + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Gives each range: its first and its last number. */
    void forEach(BiConsumer<Long, Long> visitor) {
        long[] all = bounds;
        for (int i = 0; i < all.length; i += 2) {
            visitor.accept(all[i], all[i + 1]);
        }
    }

    /** {@code 1-4711,4713}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(bounds[i]);
            if (bounds[i] != bounds[i + 1]) {
                text.append('-').append(bounds[i + 1]);
            }
        }
        return text.toString();
    }
}
