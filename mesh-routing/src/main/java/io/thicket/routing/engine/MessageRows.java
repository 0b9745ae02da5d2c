package io.thicket.routing.engine;

import java.util.Arrays;

/**
 * What is known about messages, each by its window and its number, in rows of one array: there may be many, and one is looked for at
 * each frame. A row is valid until it is removed. Grows as needed, never shrinks, and allocates nothing otherwise; its owner bounds it.
 */
final class MessageRows {
    /** Stands for no row. */
    static final int NONE = -1;

    /** Windows have numbers below. */
    static final int MAX_WINDOWS = 1 << 10;

    /** The most messages. */
    static final int MAX_ROWS = 0xfffe;

    /** Ticks count up to here and begin anew. */
    static final int TICKS = 1 << 4;

    /** Bits of the number beside each message that is its owner's, see {@link #setExtra}. */
    static final int EXTRA_BITS = 45;

    /** Bits of what does not fit into that. */
    static final int MORE_BITS = 51;

    /** Unsigned. */
    private static final int NUMBER = 0;

    /** The next row of the same bucket in the upper half, the younger one of the same window, or the next free one, in the lower. */
    private static final int LINKS = 1;

    /** From the low end: the turn, of a narrow row the upper bits of the extra, the mark, the tick, and the window. */
    private static final int STATE = 2;

    /** The lower bits of the extra; in a wide row its upper ones follow, with what is more above them. */
    private static final int EXTRA = 3;

    private static final int EXTRA_UPPER_BITS = EXTRA_BITS - Integer.SIZE;
    private static final int EXTRA_UPPER = (1 << EXTRA_UPPER_BITS) - 1;

    /** Words of a row: narrow ones do for nearly all routers, and all rows are alike. */
    private static final byte NARROW = 4;

    private static final byte WIDE = 6;

    /** One more than the turn, which may be -1; in a narrow row fewer bits. */
    private static final int TURN_BITS = 17;

    private static final int NARROW_TURN_BITS = TURN_BITS - EXTRA_UPPER_BITS;

    private static final int MARK = 1 << TURN_BITS;
    private static final int TICK_SHIFT = 18;
    private static final int WINDOW_SHIFT = 22;

    private static final int LINK_BITS = 16;
    private static final int LINK = 0xffff;

    private static final int[] NO_ROWS = {};

    private final long seed;

    /** The rows; then the buckets, as many as there are rows, each the link to its first row: of two in a word the lower half first. */
    private int[] rows = NO_ROWS;

    private char capacity;
    private char size;

    /** The link to the first free row. */
    private char free = LINK;

    private byte words = NARROW;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    MessageRows(long seed) {
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** The row of this message, or {@link #NONE}. */
    int find(int window, int number) {
        if (size == 0) {
            return NONE;
        }
        int row = first(bucket(window, number));
        while (row != NONE && (rows[row * words + NUMBER] != number || window(row) != window)) {
            row = next(row);
        }
        return row;
    }

    /** Adds a message that is not there yet, not marked, of tick and turn 0 and with extras of 0. Returns its row. */
    int add(int window, int number) {
        if (free == LINK) {
            grow();
        }
        int row = free;
        free = (char) younger(row);
        int at = row * words;
        Arrays.fill(rows, at, at + words, 0);
        rows[at + NUMBER] = number;
        rows[at + STATE] = window << WINDOW_SHIFT;
        setTurn(row, 0);
        push(row);
        size++;
        return row;
    }

    void remove(int row) {
        int bucket = bucket(window(row), rows[row * words + NUMBER]);
        int before = first(bucket);
        if (before == row) {
            setFirst(bucket, next(row));
        } else {
            while (next(before) != row) {
                before = next(before);
            }
            setNext(before, next(row));
        }
        release(row);
        size--;
    }

    /** The row that {@link #setYounger} named last. */
    int younger(int row) {
        return link(rows[row * words + LINKS] & LINK);
    }

    void setYounger(int row, int younger) {
        int at = row * words + LINKS;
        rows[at] = rows[at] & ~LINK | younger & LINK;
    }

    int turn(int row) {
        return (rows[row * words + STATE] & mostTurns()) - 1;
    }

    /** {@code turn} is -1 or one that DATA can have. */
    void setTurn(int row, int turn) {
        if (turn >= mostTurns()) {
            widen();
        }
        int at = row * words + STATE;
        rows[at] = rows[at] & ~mostTurns() | turn + 1;
    }

    private int mostTurns() {
        return -1 >>> Integer.SIZE - (words == WIDE ? TURN_BITS : NARROW_TURN_BITS);
    }

    /** When the message was remembered, as its owner counts. */
    int tick(int row) {
        return rows[row * words + STATE] >>> TICK_SHIFT & TICKS - 1;
    }

    /** The lowest bits of {@code tick} are kept. */
    void setTick(int row, int tick) {
        int at = row * words + STATE;
        rows[at] = rows[at] & ~(TICKS - 1 << TICK_SHIFT) | (tick & TICKS - 1) << TICK_SHIFT;
    }

    boolean isMarked(int row) {
        return (rows[row * words + STATE] & MARK) != 0;
    }

    void mark(int row, boolean marked) {
        int at = row * words + STATE;
        rows[at] = marked ? rows[at] | MARK : rows[at] & ~MARK;
    }

    /** What {@link #setExtra} said last, 0 before. */
    long extra(int row) {
        int at = row * words;
        int upper = words == WIDE ? rows[at + EXTRA + 1] : rows[at + STATE] >>> NARROW_TURN_BITS;
        return (long) (upper & EXTRA_UPPER) << Integer.SIZE | Integer.toUnsignedLong(rows[at + EXTRA]);
    }

    /** The same. */
    long more(int row) {
        int at = row * words + EXTRA;
        return words == WIDE
                ? (long) rows[at + 2] << Integer.SIZE - EXTRA_UPPER_BITS & (1L << MORE_BITS) - 1
                        | rows[at + 1] >>> EXTRA_UPPER_BITS
                : 0;
    }

    /**
     * What the owner keeps of a message: {@code extra} of {@link #EXTRA_BITS}, and {@code more} of {@link #MORE_BITS}, which takes no memory as
     * long as it is 0 for all messages and no turn is higher than 14.
     */
    void setExtra(int row, long extra, long more) {
        if (more != 0) {
            widen();
        }
        int at = row * words;
        int upper = (int) (extra >>> Integer.SIZE);
        rows[at + EXTRA] = (int) extra;
        if (words == WIDE) {
            rows[at + EXTRA + 1] = (int) more << EXTRA_UPPER_BITS | upper;
            rows[at + EXTRA + 2] = (int) (more >>> Integer.SIZE - EXTRA_UPPER_BITS);
        } else {
            int state = rows[at + STATE];
            rows[at + STATE] = state & ~(EXTRA_UPPER << NARROW_TURN_BITS) | upper << NARROW_TURN_BITS;
        }
    }

    int window(int row) {
        return rows[row * words + STATE] >>> WINDOW_SHIFT;
    }

    private int next(int row) {
        return link(rows[row * words + LINKS] >>> LINK_BITS);
    }

    private void setNext(int row, int next) {
        int at = row * words + LINKS;
        rows[at] = rows[at] & LINK | next << LINK_BITS;
    }

    private static int link(int stored) {
        return stored == LINK ? NONE : stored;
    }

    private int bucket(int window, int number) {
        long mixed = ((long) window << Integer.SIZE | Integer.toUnsignedLong(number)) ^ seed;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) ((mixed >>> 32) * capacity >>> 32);
    }

    /** The first row of a bucket. */
    private int first(int bucket) {
        return link(rows[capacity * words + (bucket >> 1)] >>> (bucket & 1) * LINK_BITS & LINK);
    }

    private void setFirst(int bucket, int row) {
        int at = capacity * words + (bucket >> 1);
        int shift = (bucket & 1) * LINK_BITS;
        rows[at] = rows[at] & ~(LINK << shift) | (row & LINK) << shift;
    }

    private static int bucketWords(int buckets) {
        return (buckets + 1) / 2;
    }

    private void push(int row) {
        int bucket = bucket(window(row), rows[row * words + NUMBER]);
        setNext(row, first(bucket));
        setFirst(bucket, row);
    }

    private void release(int row) {
        setYounger(row, link(free));
        free = (char) row;
    }

    /** Called with every row in use. */
    private void grow() {
        int larger = Math.min(MAX_ROWS, size + Math.max(1, size / 16));
        if (larger == size) {
            throw new IllegalStateException((int) size + " messages");
        }
        rows = Arrays.copyOf(rows, larger * words + bucketWords(larger));
        Arrays.fill(rows, size * words, rows.length, -1); // no links
        capacity = (char) larger;
        for (int row = 0; row < size; row++) {
            push(row);
        }
        for (int row = larger - 1; row >= size; row--) {
            release(row);
        }
    }

    /** Makes place in every row for what few routers need. */
    private void widen() {
        if (words == WIDE) {
            return;
        }
        int[] narrow = rows;
        int buckets = bucketWords(capacity);
        rows = new int[capacity * WIDE + buckets];
        for (int row = 0; row < capacity; row++) {
            int from = row * NARROW;
            int to = row * WIDE;
            System.arraycopy(narrow, from, rows, to, NARROW);
            rows[to + STATE] &= ~(EXTRA_UPPER << NARROW_TURN_BITS);
            rows[to + EXTRA + 1] = narrow[from + STATE] >>> NARROW_TURN_BITS & EXTRA_UPPER;
        }
        System.arraycopy(narrow, capacity * NARROW, rows, capacity * WIDE, buckets);
        words = WIDE;
    }
}
