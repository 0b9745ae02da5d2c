package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * A set of sequence numbers of a few boots as ranges. Bounded: beyond {@link #MAX_EPOCHS} the lowest boot is forgotten, beyond
 * {@link #MAX_RANGES} of one boot its lowest range. Nearly always one range, which needs no array, because a gateway keeps such a set
 * for every node of its site and looks into another one at each message; more of them lie in one.
 */
class EpochRanges {
    /** Boots that are told apart. */
    static final int MAX_EPOCHS = NodeTrack.MAX_EPOCHS;

    /** Gaps are readings that were lost or are on their way; more than so many are not told apart. */
    static final int MAX_RANGES = 64;

    private static final int LAST = 2;
    private static final int ROW = 3;

    /** The only range, of numbers below 2^32: its epoch, its first and its last number; empty at first, as the first is above the last. */
    private int onlyEpoch;

    private int onlyFirst = 1;
    private int onlyLast;

    /**
     * For each range its epoch, its first and its last number, ascending in this order; ranges of one epoch neither overlap nor touch.
     * Null while the only one, or none, is kept as above.
     */
    private long @Nullable [] rows;

    /** Takes a range. */
    interface Visitor {
        void range(long epoch, long first, long last);
    }

    final boolean contains(long epoch, long seq) {
        return containsAll(epoch, seq, seq);
    }

    /** Whether every number from {@code first} to {@code last} of that boot is in the set. */
    private boolean containsAll(long epoch, long first, long last) {
        long[] all = rows;
        if (all == null) {
            return epoch == onlyEpoch() && onlyFirst() <= first && last <= onlyLast();
        }
        int row = endingAtOrAfter(all, epoch, first);
        return isOf(all, epoch, row) && all[row + 1] <= first && last <= all[row + LAST];
    }

    /**
     * Adds the numbers {@code first} to {@code last}; both 0 or more. Returns false if all were there, or if the boot is too old to be
     * remembered.
     */
    final boolean add(long epoch, long first, long last) {
        if (first > last || containsAll(epoch, first, last) || !remembers(epoch)) {
            return false;
        }
        if (rows != null || !addToOnly(epoch, first, last)) {
            addToRows(rows(), epoch, first, last);
        }
        return true;
    }

    /** Returns false if there is more than one range then, or one of too large numbers. */
    private boolean addToOnly(long epoch, long first, long last) {
        if ((epoch | first | last) >>> Integer.SIZE != 0) {
            return false;
        }
        if (isEmpty()) {
            only(epoch, first, last);
            return true;
        }
        if (epoch != onlyEpoch() || onlyFirst() - 1 > last || first - 1 > onlyLast()) {
            return false;
        }
        only(epoch, Math.min(first, onlyFirst()), Math.max(last, onlyLast()));
        return true;
    }

    private void addToRows(long[] all, long epoch, long first, long last) {
        // The ranges from here to there overlap or touch the new one and become part of it.
        int from = endingAtOrAfter(all, epoch, first - 1);
        int to = from;
        long lowest = first;
        long highest = last;
        while (isOf(all, epoch, to) && all[to + 1] - 1 <= highest) {
            lowest = Math.min(lowest, all[to + 1]);
            highest = Math.max(highest, all[to + LAST]);
            to += ROW;
        }
        long[] more = replaced(all, from, to, epoch, lowest, highest);
        keep(from == to ? madeRoom(more, epoch) : more);
    }

    /** Those, or the only one without an array. */
    private void keep(long[] all) {
        rows = all;
        if (all.length == ROW && (all[0] | all[1] | all[LAST]) >>> Integer.SIZE == 0) {
            only(all[0], all[1], all[LAST]);
            rows = null;
        }
    }

    private void only(long epoch, long first, long last) {
        onlyEpoch = (int) epoch;
        onlyFirst = (int) first;
        onlyLast = (int) last;
    }

    private boolean isEmpty() {
        return rows == null && onlyFirst() > onlyLast();
    }

    private long onlyEpoch() {
        return Integer.toUnsignedLong(onlyEpoch);
    }

    private long onlyFirst() {
        return Integer.toUnsignedLong(onlyFirst);
    }

    private long onlyLast() {
        return Integer.toUnsignedLong(onlyLast);
    }

    /** All ranges, also the only one. */
    private long[] rows() {
        long[] all = rows;
        if (all != null) {
            return all;
        }
        return isEmpty() ? new long[0] : new long[] {onlyEpoch(), onlyFirst(), onlyLast()};
    }

    /** After a range more of that boot. */
    private static long[] madeRoom(long[] all, long epoch) {
        long[] left = all;
        if (rangesOf(left, epoch) > MAX_RANGES) {
            int lowest = endingAtOrAfter(left, epoch, 0);
            left = removed(left, lowest, lowest + ROW);
        }
        return epochs(left) > MAX_EPOCHS ? removed(left, 0, ROW * rangesOf(left, left[0])) : left;
    }

    /** Those with one range in the place of those from {@code from} to before {@code to}; the same array if that is one, too. */
    private static long[] replaced(long[] former, int from, int to, long epoch, long first, long last) {
        long[] all = former;
        if (to - from != ROW) {
            all = new long[former.length - (to - from) + ROW];
            System.arraycopy(former, 0, all, 0, from);
            System.arraycopy(former, to, all, from + ROW, former.length - to);
        }
        all[from] = epoch;
        all[from + 1] = first;
        all[from + LAST] = last;
        return all;
    }

    private static long[] removed(long[] all, int from, int to) {
        long[] left = new long[all.length - (to - from)];
        System.arraycopy(all, 0, left, 0, from);
        System.arraycopy(all, to, left, from, all.length - to);
        return left;
    }

    /** Whether there is a range at {@code row}, and one of that boot. */
    private static boolean isOf(long[] all, long epoch, int row) {
        return row < all.length && all[row] == epoch;
    }

    /** The first range of that boot whose last number is not below {@code seq}; without one, where it would be. */
    private static int endingAtOrAfter(long[] all, long epoch, long seq) {
        int low = 0;
        int high = all.length / ROW;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int row = ROW * middle;
            if (all[row] < epoch || all[row] == epoch && all[row + LAST] < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ROW * low;
    }

    private static int rangesOf(long[] all, long epoch) {
        int count = 0;
        for (int row = endingAtOrAfter(all, epoch, 0); isOf(all, epoch, row); row += ROW) {
            count++;
        }
        return count;
    }

    private static int epochs(long[] all) {
        int count = 0;
        for (int row = 0; row < all.length; row += ROW) {
            count += row == 0 || all[row] != all[row - ROW] ? 1 : 0;
        }
        return count;
    }

    /** The highest boot, -1 for none. */
    final long latestEpoch() {
        long[] all = rows;
        if (all == null) {
            return isEmpty() ? -1 : onlyEpoch();
        }
        return all[all.length - ROW];
    }

    /** Whether this set has a number of a boot that {@code other} has not, although it remembers that boot. */
    final boolean hasMoreThan(EpochRanges other) {
        long[] all = rows;
        if (all == null) {
            return !isEmpty() && other.lacks(onlyEpoch(), onlyFirst(), onlyLast());
        }
        for (int row = 0; row < all.length; row += ROW) {
            if (other.lacks(all[row], all[row + 1], all[row + LAST])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a number of those is not in the set, although it remembers that boot. */
    private boolean lacks(long epoch, long first, long last) {
        return !containsAll(epoch, first, last) && remembers(epoch);
    }

    /** Whether numbers of that boot are kept here: not of one lower than all of as many as are told apart. */
    private boolean remembers(long epoch) {
        long[] all = rows;
        return all == null || epoch >= all[0] || epochs(all) < MAX_EPOCHS;
    }

    /** Gives each range, by epochs and then by numbers. */
    final void forEach(Visitor visitor) {
        long[] all = rows();
        for (int row = 0; row < all.length; row += ROW) {
            visitor.range(all[row], all[row + 1], all[row + LAST]);
        }
    }

    /** {@code 3:1-4711,4713 4:1-12}. */
    @Override
    public String toString() {
        long[] all = rows();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < all.length; row += ROW) {
            if (row > 0 && all[row] == all[row - ROW]) {
                text.append(',');
            } else {
                text.append(row == 0 ? "" : " ").append(all[row]).append(':');
            }
            text.append(all[row + 1]);
            if (all[row + 1] != all[row + LAST]) {
                text.append('-').append(all[row + LAST]);
            }
        }
        return text.toString();
    }
}
