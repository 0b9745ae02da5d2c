package io.thicket.routing.table;

/**
 * The keys, the order and the numbers of a {@link LinkedTable} or of {@link LinkedRows}: a hash table with keys of two numbers that
 * keeps its entries in an order, the oldest first. Entries are named by their slots; a slot is valid until its entry is removed. Grows
 * as needed, never shrinks, and allocates nothing otherwise; its owner bounds it.
 */
public abstract sealed class LinkedSlots permits LinkedTable, LinkedRows {
    /** Stands for no slot. */
    public static final int NONE = -1;

    private static final int FIRST_CAPACITY = 2;

    /** The links of a slot: the next slot of the same bucket, or of the free ones. */
    private static final int NEXT = 0;

    private static final int OLDER = 1;
    private static final int YOUNGER = 2;

    /** What is no link of the slot but the first one of the bucket with its number: there are as many buckets as slots. */
    private static final int FIRST = 3;

    /** An empty table's, which many are for all of a node's life. */
    private static final long[] NO_ROWS = {};

    /** With so many slots or fewer the four links take a word, with more two. */
    private static final int MAX_NARROW = 0xffff;

    private static final int MAX_CAPACITY = 1 << 23;

    private final long seed;

    /**
     * A row for each slot: its links, the first number of its key, the second unless that was 0 in all of them, and the cells. All that a
     * search reads is in one array: in a large simulation each other one would be another wait for memory.
     */
    private long[] rows = NO_ROWS;

    private int capacity;
    private int free = NONE;
    private int size;
    private int oldest = NONE;
    private int youngest = NONE;

    /** Numbers of a key that are stored, 1 or 2. */
    private byte keys = 1;

    private final byte cells;

    /** Words for the links of a slot, 1 or 2. */
    private byte words = 1;

    LinkedSlots(long seed, int cells) {
        this.seed = seed;
        this.cells = (byte) cells;
    }

    public final int size() {
        return size;
    }

    /** The slot of this key, or {@link #NONE}. */
    public final int find(long a, long b) {
        if (size == 0) {
            return NONE; // many tables are empty most of the time
        }
        int slot = link(bucket(a, b), FIRST);
        while (slot != NONE && (firstKey(slot) != a || secondKey(slot) != b)) {
            slot = link(slot, NEXT);
        }
        return slot;
    }

    /** The first number of the key in a valid slot. */
    public final long firstKey(int slot) {
        return rows[slot * stride() + words];
    }

    private long secondKey(int slot) {
        return keys == 1 ? 0 : rows[slot * stride() + words + 1];
    }

    /** A number that goes with the entry in a valid slot; 0 until it is set. */
    public final long cell(int slot, int cell) {
        return rows[slot * stride() + words + keys + cell];
    }

    public final void setCell(int slot, int cell, long value) {
        rows[slot * stride() + words + keys + cell] = value;
    }

    /** Adds a key that is not there yet, as the youngest, with cells of 0. Returns its slot. */
    final int addKey(long a, long b) {
        if (b != 0 && keys == 1) {
            storeSecondKeys();
        }
        if (free == NONE) {
            grow();
        }
        int slot = free;
        free = link(slot, NEXT);
        int key = slot * stride() + words;
        rows[key] = a;
        if (keys == 2) {
            rows[key + 1] = b;
        }
        for (int cell = 0; cell < cells; cell++) {
            rows[key + keys + cell] = 0;
        }
        push(bucket(a, b), slot);
        append(slot);
        size++;
        return slot;
    }

    /** Removes the entry in a valid slot. */
    public void remove(int slot) {
        int before = bucket(firstKey(slot), secondKey(slot));
        int its = FIRST;
        for (int there = link(before, its); there != slot; there = link(before, its)) {
            before = there;
            its = NEXT;
        }
        setLink(before, its, link(slot, NEXT));
        unlink(slot);
        release(slot);
        size--;
    }

    /** Removes this key if it is there. */
    public final void remove(long a, long b) {
        int slot = find(a, b);
        if (slot != NONE) {
            remove(slot);
        }
    }

    /** Makes the entry in a valid slot the youngest. */
    public final void touch(int slot) {
        if (slot != youngest) {
            unlink(slot);
            append(slot);
        }
    }

    /** The slot of the oldest entry, {@link #NONE} if the table is empty. */
    public final int oldest() {
        return oldest;
    }

    /** The slot of the entry that is younger than this one, {@link #NONE} for the youngest. */
    public final int younger(int slot) {
        return link(slot, YOUNGER);
    }

    private int stride() {
        return words + keys + cells;
    }

    private void release(int slot) {
        setLink(slot, NEXT, free);
        free = slot;
    }

    private void push(int bucket, int slot) {
        setLink(slot, NEXT, link(bucket, FIRST));
        setLink(bucket, FIRST, slot);
    }

    private void append(int slot) {
        setLink(slot, OLDER, youngest);
        setLink(slot, YOUNGER, NONE);
        if (youngest == NONE) {
            oldest = slot;
        } else {
            setLink(youngest, YOUNGER, slot);
        }
        youngest = slot;
    }

    private void unlink(int slot) {
        int before = link(slot, OLDER);
        int after = link(slot, YOUNGER);
        if (before == NONE) {
            oldest = after;
        } else {
            setLink(before, YOUNGER, after);
        }
        if (after == NONE) {
            youngest = before;
        } else {
            setLink(after, OLDER, before);
        }
    }

    /** The number of the bucket of this key. */
    private int bucket(long a, long b) {
        long mixed = (a ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ b) * 0xbf58476d1ce4e5b9L ^ seed;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return (int) ((mixed >>> 32) * capacity >>> 32);
    }

    // Links are stored with one added, so that rows of 0 have none.

    private int link(int slot, int which) {
        int row = slot * stride();
        if (words == 1) {
            return (int) (rows[row] >>> (which << 4) & 0xffff) - 1;
        }
        return (int) (rows[row + (which >> 1)] >>> ((which & 1) << 5)) - 1;
    }

    private void setLink(int slot, int which, int link) {
        int row = slot * stride();
        if (words == 1) {
            int shift = which << 4;
            rows[row] = rows[row] & ~(0xffffL << shift) | (long) (link + 1) << shift;
        } else {
            int at = row + (which >> 1);
            int shift = (which & 1) << 5;
            rows[at] = rows[at] & ~(0xffff_ffffL << shift) | (long) (link + 1) << shift;
        }
    }

    /** Called with every slot in use. */
    private void grow() {
        int more = capacity == 0 ? FIRST_CAPACITY : capacity + Math.max(2, capacity / 4);
        if (more > MAX_CAPACITY) {
            throw new IllegalStateException("a table of " + size + " entries");
        }
        int[] inOrder = new int[size];
        int slots = 0;
        for (int slot = oldest; slot != NONE; slot = younger(slot)) {
            inOrder[slots++] = slot;
        }
        copyRows(more, more > MAX_NARROW ? 2 : 1, keys);
        oldest = NONE;
        youngest = NONE;
        for (int slot : inOrder) {
            append(slot);
            push(bucket(firstKey(slot), secondKey(slot)), slot);
        }
        for (int slot = capacity - 1; slot >= size; slot--) {
            release(slot);
        }
        resized(capacity);
    }

    /** Makes place for so many slots with so many words and keys each. The links are lost. */
    private void copyRows(int slots, int newWords, int newKeys) {
        long[] former = rows;
        int from = words;
        int formerStride = stride();
        int formerKeys = keys;
        int formerSlots = capacity;
        words = (byte) newWords;
        keys = (byte) newKeys;
        capacity = slots;
        rows = new long[slots * stride()];
        for (int slot = 0; slot < formerSlots; slot++) {
            int source = slot * formerStride + from;
            int target = slot * stride() + words;
            System.arraycopy(former, source, rows, target, formerKeys);
            System.arraycopy(former, source + formerKeys, rows, target + keys, cells);
        }
    }

    /** There are so many slots now. */
    abstract void resized(int slots);

    private void storeSecondKeys() {
        long[] former = rows;
        int formerStride = stride();
        copyRows(capacity, words, 2);
        for (int slot = 0; slot < capacity; slot++) {
            System.arraycopy(former, slot * formerStride, rows, slot * stride(), words);
        }
    }
}
