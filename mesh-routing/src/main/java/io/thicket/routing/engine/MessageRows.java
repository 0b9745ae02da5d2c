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

    /** Numbers of 32 bits beside each message, for its owner. The last one takes no memory as long as it is 0 for all messages. */
    static final int EXTRAS = 3;

    /** Unsigned. */
    private static final int NUMBER = 0;

    /** The next row of the same bucket in the upper half, the younger one of the same window, or the next free one, in the lower. */
    private static final int LINKS = 1;

    /** The window, the tick, the mark and the turn, see below. */
    private static final int STATE = 2;

    private static final int EXTRA = 3;
    private static final int MOST_WORDS = EXTRA + EXTRAS;

    /** One more than the turn, which may be -1. */
    private static final int TURN_BITS = 17;

    private static final int TURN = (1 << TURN_BITS) - 1;
    private static final int MARK = 1 << TURN_BITS;
    private static final int TICK_SHIFT = 18;
    private static final int WINDOW_SHIFT = 22;

    private static final int LINK_BITS = 16;
    private static final int LINK = 0xffff;

    private static final int[] NO_ROWS = {};
    private static final char[] ONE_EMPTY_BUCKET = {LINK};

    private final long seed;
    private int[] rows = NO_ROWS;

    /** The first row of each, as many as there are rows. */
    private char[] buckets = ONE_EMPTY_BUCKET;

    /** Words of a row. */
    private int words = MOST_WORDS - 1;

    private int free = NONE;
    private int size;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    MessageRows(long seed) {
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** The row of this message, or {@link #NONE}. */
    int find(int window, int number) {
        int row = link(buckets[bucket(window, number)]);
        while (row != NONE && (rows[row * words + NUMBER] != number || window(row) != window)) {
            row = next(row);
        }
        return row;
    }

    /** Adds a message that is not there yet, not marked, of tick and turn 0 and with extras of 0. Returns its row. */
    int add(int window, int number) {
        if (free == NONE) {
            grow();
        }
        int row = free;
        free = younger(row);
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
        int before = link(buckets[bucket]);
        if (before == row) {
            buckets[bucket] = (char) next(row);
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
        return (rows[row * words + STATE] & TURN) - 1;
    }

    /** {@code turn} is -1 or one that DATA can have. */
    void setTurn(int row, int turn) {
        int at = row * words + STATE;
        rows[at] = rows[at] & ~TURN | turn + 1;
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

    int extra(int row, int extra) {
        int word = EXTRA + extra;
        return word < words ? rows[row * words + word] : 0;
    }

    void setExtra(int row, int extra, int value) {
        int word = EXTRA + extra;
        if (word >= words) {
            if (value == 0) {
                return;
            }
            widen();
        }
        rows[row * words + word] = value;
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
        return (int) ((mixed >>> 32) * buckets.length >>> 32);
    }

    private void push(int row) {
        int bucket = bucket(window(row), rows[row * words + NUMBER]);
        setNext(row, link(buckets[bucket]));
        buckets[bucket] = (char) row;
    }

    private void release(int row) {
        setYounger(row, free);
        free = row;
    }

    /** Called with every row in use. */
    private void grow() {
        int capacity = Math.min(MAX_ROWS, size + Math.max(1, size / 16));
        if (capacity == size) {
            throw new IllegalStateException(size + " messages");
        }
        rows = Arrays.copyOf(rows, capacity * words);
        buckets = new char[capacity];
        Arrays.fill(buckets, (char) LINK);
        for (int row = 0; row < size; row++) {
            push(row);
        }
        for (int row = capacity - 1; row >= size; row--) {
            release(row);
        }
    }

    /** Makes place for the last extra in every row, which is 0 until it is set. */
    private void widen() {
        int[] wide = new int[buckets.length * MOST_WORDS];
        for (int row = 0; row < buckets.length; row++) {
            System.arraycopy(rows, row * words, wide, row * MOST_WORDS, words);
        }
        rows = wide;
        words = MOST_WORDS;
    }
}
