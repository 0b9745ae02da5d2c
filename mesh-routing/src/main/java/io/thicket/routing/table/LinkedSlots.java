package io.thicket.routing.table;

import java.util.Arrays;

/**
 * The keys, the order and the numbers of a {@link LinkedTable} or of {@link LinkedRows}: a hash table with keys of two numbers that
 * keeps its entries in an order, the oldest first. Entries are named by their slots; a slot is valid until its entry is removed. Grows
 * as needed, never shrinks, and allocates nothing otherwise; its owner bounds it.
 */
public abstract sealed class LinkedSlots permits LinkedTable, LinkedRows {
    /** Stands for no slot. */
    public static final int NONE = -1;

    private static final int FIRST_CAPACITY = 2;

    /** Where the links of a slot are, from three times its number: the next slot of the same bucket, or of the free ones. */
    private static final int NEXT = 0;

    private static final int OLDER = 1;
    private static final int YOUNGER = 2;
    private static final int LINKS = 3;

    /** An empty table's, which many are for all of a node's life. */
    private static final long[] NO_ROWS = {};

    private static final byte[] ONE_EMPTY_BUCKET = {NONE};

    /** With so many slots or fewer a link takes a byte, with more three. */
    private static final int MAX_NARROW = 255;

    private static final int MAX_CAPACITY = 1 << 23;

    private final long seed;

    /**
     * A row for each slot: the first number of its key, the second unless that was 0 in all of them, and the cells. A node has many
     * tables, and most of what a search reads stands side by side.
     */
    private long[] rows = NO_ROWS;

    /** The links of all slots, then the first slot of each bucket: as many buckets as slots. */
    private byte[] links = ONE_EMPTY_BUCKET;

    private int capacity;
    private int free = NONE;
    private int size;
    private int oldest = NONE;
    private int youngest = NONE;

    /** Numbers of a key that are stored, 1 or 2. */
    private byte keys = 1;

    private final byte cells;
    private boolean isWide;

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
        int slot = link(bucket(a, b));
        while (slot != NONE && (firstKey(slot) != a || secondKey(slot) != b)) {
            slot = link(LINKS * slot + NEXT);
        }
        return slot;
    }

    /** The first number of the key in a valid slot. */
    public final long firstKey(int slot) {
        return rows[slot * stride()];
    }

    private long secondKey(int slot) {
        return keys == 1 ? 0 : rows[slot * stride() + 1];
    }

    /** A number that goes with the entry in a valid slot; 0 until it is set. */
    public final long cell(int slot, int cell) {
        return rows[slot * stride() + keys + cell];
    }

    public final void setCell(int slot, int cell, long value) {
        rows[slot * stride() + keys + cell] = value;
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
        free = link(LINKS * slot + NEXT);
        int row = slot * stride();
        rows[row] = a;
        if (keys == 2) {
            rows[row + 1] = b;
        }
        for (int cell = 0; cell < cells; cell++) {
            rows[row + keys + cell] = 0;
        }
        push(bucket(a, b), slot);
        append(slot);
        size++;
        return slot;
    }

    /** Removes the entry in a valid slot. */
    public void remove(int slot) {
        int before = bucket(firstKey(slot), secondKey(slot));
        while (link(before) != slot) {
            before = LINKS * link(before) + NEXT;
        }
        setLink(before, link(LINKS * slot + NEXT));
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
        return link(LINKS * slot + YOUNGER);
    }

    private int stride() {
        return keys + cells;
    }

    private void release(int slot) {
        setLink(LINKS * slot + NEXT, free);
        free = slot;
    }

    private void push(int bucket, int slot) {
        setLink(LINKS * slot + NEXT, link(bucket));
        setLink(bucket, slot);
    }

    private void append(int slot) {
        setLink(LINKS * slot + OLDER, youngest);
        setLink(LINKS * slot + YOUNGER, NONE);
        if (youngest == NONE) {
            oldest = slot;
        } else {
            setLink(LINKS * youngest + YOUNGER, slot);
        }
        youngest = slot;
    }

    private void unlink(int slot) {
        int before = link(LINKS * slot + OLDER);
        int after = link(LINKS * slot + YOUNGER);
        if (before == NONE) {
            oldest = after;
        } else {
            setLink(LINKS * before + YOUNGER, after);
        }
        if (after == NONE) {
            youngest = before;
        } else {
            setLink(LINKS * after + OLDER, before);
        }
    }

    /** Where among the links the bucket of this key is. */
    private int bucket(long a, long b) {
        long mixed = (a ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ b) * 0xbf58476d1ce4e5b9L ^ seed;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return LINKS * capacity + (int) ((mixed >>> 32) * capacity >>> 32);
    }

    private int link(int index) {
        if (isWide) {
            int at = 3 * index;
            return links[at] << 16 | (links[at + 1] & 0xff) << 8 | links[at + 2] & 0xff;
        }
        byte link = links[index];
        return link == NONE ? NONE : link & 0xff;
    }

    private void setLink(int index, int link) {
        if (isWide) {
            int at = 3 * index;
            links[at] = (byte) (link >> 16);
            links[at + 1] = (byte) (link >> 8);
            links[at + 2] = (byte) link;
        } else {
            links[index] = (byte) link;
        }
    }

    /** Called with every slot in use. */
    private void grow() {
        int[] former = new int[LINKS * size];
        for (int i = 0; i < former.length; i++) {
            former[i] = link(i);
        }
        capacity = capacity == 0 ? FIRST_CAPACITY : capacity + Math.max(2, capacity / 4);
        if (capacity > MAX_CAPACITY) {
            throw new IllegalStateException("a table of " + size + " entries");
        }
        isWide = capacity > MAX_NARROW;
        rows = Arrays.copyOf(rows, capacity * stride());
        links = new byte[(LINKS + 1) * capacity * (isWide ? 3 : 1)];
        Arrays.fill(links, (byte) NONE);
        for (int i = 0; i < former.length; i++) {
            setLink(i, former[i]);
        }
        for (int slot = oldest; slot != NONE; slot = younger(slot)) {
            push(bucket(firstKey(slot), secondKey(slot)), slot);
        }
        for (int slot = capacity - 1; slot >= size; slot--) {
            release(slot);
        }
        resized(capacity);
    }

    /** There are so many slots now. */
    abstract void resized(int slots);

    private void storeSecondKeys() {
        int formerStride = stride();
        keys = 2;
        long[] wider = new long[capacity * stride()];
        for (int slot = 0; slot < capacity; slot++) {
            wider[slot * stride()] = rows[slot * formerStride];
            System.arraycopy(rows, slot * formerStride + 1, wider, slot * stride() + 2, cells);
        }
        rows = wider;
    }
}
