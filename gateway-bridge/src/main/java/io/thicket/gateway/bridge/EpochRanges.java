package io.thicket.gateway.bridge;

/**
 * A set of sequence numbers of a few boots as ranges. Bounded: beyond {@link #MAX_EPOCHS} the lowest boot is forgotten, beyond
 * {@link #MAX_RANGES} of one boot its lowest range. Nearly always one range, or a few; they lie in one array, because a gateway keeps
 * such a set for every node of its site.
 */
class EpochRanges {
    /** Boots that are told apart. */
    static final int MAX_EPOCHS = NodeTrack.MAX_EPOCHS;

    /** Gaps are readings that were lost or are on their way; more than so many are not told apart. */
    static final int MAX_RANGES = 64;

    private static final int LAST = 2;
    private static final int ROW = 3;
    private static final long[] NONE = {};

    /**
     * For each range its epoch, its first and its last number, ascending in this order; ranges of one epoch neither overlap nor touch.
     */
    private long[] rows = NONE;

    /** Takes a range. */
    interface Visitor {
        void range(long epoch, long first, long last);
    }

    final boolean contains(long epoch, long seq) {
        return containsAll(epoch, seq, seq);
    }

    /** Whether every number from {@code first} to {@code last} of that boot is in the set. */
    private boolean containsAll(long epoch, long first, long last) {
        int row = endingAtOrAfter(epoch, first);
        return isOf(epoch, row) && rows[row + 1] <= first && last <= rows[row + LAST];
    }

    /**
     * Adds the numbers {@code first} to {@code last}; both 0 or more. Returns false if all were there, or if the boot is too old to be
     * remembered.
     */
    final boolean add(long epoch, long first, long last) {
        if (first > last || containsAll(epoch, first, last) || !remembers(epoch)) {
            return false;
        }
        // The ranges from here to there overlap or touch the new one and become part of it.
        int from = endingAtOrAfter(epoch, first - 1);
        int to = from;
        long lowest = first;
        long highest = last;
        while (isOf(epoch, to) && rows[to + 1] - 1 <= highest) {
            lowest = Math.min(lowest, rows[to + 1]);
            highest = Math.max(highest, rows[to + LAST]);
            to += ROW;
        }
        replace(from, to, epoch, lowest, highest);
        if (from == to) {
            makeRoom(epoch);
        }
        return true;
    }

    /** After a range more of that boot. */
    private void makeRoom(long epoch) {
        if (rangesOf(epoch) > MAX_RANGES) {
            int lowest = endingAtOrAfter(epoch, 0);
            remove(lowest, lowest + ROW);
        }
        if (epochs() > MAX_EPOCHS) {
            remove(0, ROW * rangesOf(rows[0]));
        }
    }

    /** Puts one range in the place of those from {@code from} to before {@code to}. */
    private void replace(int from, int to, long epoch, long first, long last) {
        if (to - from != ROW) {
            long[] all = new long[rows.length - (to - from) + ROW];
            System.arraycopy(rows, 0, all, 0, from);
            System.arraycopy(rows, to, all, from + ROW, rows.length - to);
            rows = all;
        }
        rows[from] = epoch;
        rows[from + 1] = first;
        rows[from + LAST] = last;
    }

    private void remove(int from, int to) {
        long[] left = new long[rows.length - (to - from)];
        System.arraycopy(rows, 0, left, 0, from);
        System.arraycopy(rows, to, left, from, rows.length - to);
        rows = left;
    }

    /** Whether there is a range at {@code row}, and one of that boot. */
    private boolean isOf(long epoch, int row) {
        return row < rows.length && rows[row] == epoch;
    }

    /** The first range of that boot whose last number is not below {@code seq}; without one, where it would be. */
    private int endingAtOrAfter(long epoch, long seq) {
        int low = 0;
        int high = rows.length / ROW;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int row = ROW * middle;
            if (rows[row] < epoch || rows[row] == epoch && rows[row + LAST] < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ROW * low;
    }

    private int rangesOf(long epoch) {
        int count = 0;
        for (int row = endingAtOrAfter(epoch, 0); isOf(epoch, row); row += ROW) {
            count++;
        }
        return count;
    }

    private int epochs() {
        int count = 0;
        for (int row = 0; row < rows.length; row += ROW) {
            count += row == 0 || rows[row] != rows[row - ROW] ? 1 : 0;
        }
        return count;
    }

    /** The highest boot, -1 for none. */
    final long latestEpoch() {
        return rows.length == 0 ? -1 : rows[rows.length - ROW];
    }

    /** Whether this set has a number of a boot that {@code other} has not, although it remembers that boot. */
    final boolean hasMoreThan(EpochRanges other) {
        for (int row = 0; row < rows.length; row += ROW) {
            if (other.remembers(rows[row]) && !other.containsAll(rows[row], rows[row + 1], rows[row + LAST])) {
                return true;
            }
        }
        return false;
    }

    /** Whether numbers of that boot are kept here: not of one lower than all of as many as are told apart. */
    private boolean remembers(long epoch) {
        return rows.length == 0 || epoch >= rows[0] || epochs() < MAX_EPOCHS;
    }

    /** Gives each range, by epochs and then by numbers. */
    final void forEach(Visitor visitor) {
        long[] all = rows;
        for (int row = 0; row < all.length; row += ROW) {
            visitor.range(all[row], all[row + 1], all[row + LAST]);
        }
    }

    /** {@code 3:1-4711,4713 4:1-12}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.length; row += ROW) {
            if (row > 0 && rows[row] == rows[row - ROW]) {
                text.append(',');
            } else {
                text.append(row == 0 ? "" : " ").append(rows[row]).append(':');
            }
            text.append(rows[row + 1]);
            if (rows[row + 1] != rows[row + LAST]) {
                text.append('-').append(rows[row + LAST]);
            }
        }
        return text.toString();
    }
}
