package io.thicket.routing.table;

/**
 * The keys, the order and the numbers of a {@link LinkedTable} or of {@link LinkedRows}: a hash table with keys of two numbers that
 * keeps its entries in an order, the oldest first. Entries are named by their slots; a slot is valid until its entry is removed. Grows
 * as needed, never shrinks, and allocates nothing otherwise; its owner bounds it.
 */
public abstract sealed class LinkedSlots permits LinkedTable, LinkedRows {
    /** Stands for no slot. */
    public static final int NONE = -1;

    /** The links of a slot: the next slot of the same bucket, or of the free ones. */
    private static final int NEXT = 0;

    private static final int OLDER = 1;
    private static final int YOUNGER = 2;

    /** What is no link of the slot but the first one of the bucket with its number: there are as many buckets as slots. */
    private static final int FIRST = 3;

    /** An empty table's, which many are for all of a node's life. */
    private static final int[] NO_ROWS = {};

    private static final int MAX_CAPACITY = 1 << 23;

    /** A row's words, which are some more, fit a byte. */
    private static final int MAX_CELLS = 100;

    private final long seed;

    /**
     * A row for each slot: its links, the first number of its key, as much of the second as any key needed, and the cells; of each number
     * of 64 bits the lower half first. All that a search reads is in one array: in a large simulation each other one would be another wait for memory.
     */
    private int[] rows = NO_ROWS;

    private int capacity;
    private int free = NONE;
    private int size;

    /** The oldest one is the younger one of this one. */
    private int youngest = NONE;

    /** Words of a key that are stored: two of its first number and none, one or two of the second. */
    private byte keyWords = 2;

    /** Cells of a slot, a word each. */
    private final byte cells;

    /** Bytes of a link, 1, 2 or 4: the four of a slot take as many words. */
    private byte linkBytes = 1;

    /** Words of a row: the sum of these, which each look at a row needs. */
    private byte stride;

    LinkedSlots(long seed, int cells) {
        assert cells <= MAX_CELLS : cells + " cells";
        this.seed = seed;
        this.cells = (byte) cells;
        this.stride = (byte) (linkBytes + keyWords + cells);
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
        while (slot != NONE && !isKey(keyOf(slot), a, b)) {
            slot = link(slot, NEXT);
        }
        return slot;
    }

    /** Whether the key that begins there is this one. */
    private boolean isKey(int at, long a, long b) {
        return number(at) == a && secondNumber(at) == b;
    }

    /** The first number of the key in a valid slot. */
    public final long firstKey(int slot) {
        return number(keyOf(slot));
    }

    /** The second number of the key that begins there. */
    private long secondNumber(int at) {
        return switch (keyWords) {
            case 2 -> 0;
            case 3 -> Integer.toUnsignedLong(rows[at + 2]);
            default -> number(at + 2);
        };
    }

    /** A number that goes with the entry in a valid slot; 0 until it is set. */
    public final int cell(int slot, int cell) {
        return rows[keyOf(slot) + keyWords + cell];
    }

    public final void setCell(int slot, int cell, int value) {
        rows[keyOf(slot) + keyWords + cell] = value;
    }

    /** A number of 64 bits in this cell and the next. */
    public final long wideCell(int slot, int cell) {
        return number(keyOf(slot) + keyWords + cell);
    }

    public final void setWideCell(int slot, int cell, long value) {
        setNumber(keyOf(slot) + keyWords + cell, value);
    }

    /** Adds a key that is not there yet, as the youngest, with cells of 0. Returns its slot. */
    final int addKey(long a, long b) {
        int needed = b == 0 ? 2 : b >>> Integer.SIZE == 0 ? 3 : 4;
        if (needed > keyWords) {
            widenKeys(needed);
        }
        if (free == NONE) {
            grow();
        }
        int slot = free;
        free = link(slot, NEXT);
        int key = keyOf(slot);
        setNumber(key, a);
        if (keyWords > 2) {
            rows[key + 2] = (int) b;
        }
        if (keyWords > 3) {
            rows[key + 3] = (int) (b >>> Integer.SIZE);
        }
        for (int cell = 0; cell < cells; cell++) {
            rows[key + keyWords + cell] = 0;
        }
        push(bucket(a, b), slot);
        append(slot);
        size++;
        return slot;
    }

    /** Removes the entry in a valid slot. */
    public void remove(int slot) {
        int before = bucketOf(keyOf(slot));
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
        return youngest == NONE ? NONE : link(youngest, YOUNGER);
    }

    /** The slot of the entry that is younger than this one, {@link #NONE} for the youngest. */
    public final int younger(int slot) {
        return slot == youngest ? NONE : link(slot, YOUNGER);
    }

    /** Where the key of a slot begins. */
    private int keyOf(int slot) {
        return slot * stride + linkBytes;
    }

    private long number(int at) {
        return (long) rows[at + 1] << Integer.SIZE | Integer.toUnsignedLong(rows[at]);
    }

    private void setNumber(int at, long value) {
        rows[at] = (int) value;
        rows[at + 1] = (int) (value >>> Integer.SIZE);
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
        if (youngest == NONE) {
            join(slot, slot);
        } else {
            join(slot, link(youngest, YOUNGER));
            join(youngest, slot);
        }
        youngest = slot;
    }

    private void join(int older, int younger) {
        setLink(older, YOUNGER, younger);
        setLink(younger, OLDER, older);
    }

    private void unlink(int slot) {
        int before = link(slot, OLDER);
        join(before, link(slot, YOUNGER));
        if (slot == youngest) {
            youngest = before == slot ? NONE : before;
        }
    }

    /** The number of the bucket of this key. */
    private int bucket(long a, long b) {
        long mixed = (a ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ b) * 0xbf58476d1ce4e5b9L ^ seed;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return (int) ((mixed >>> 32) * capacity >>> 32);
    }

    /** The same of the key that begins there. */
    private int bucketOf(int at) {
        return bucket(number(at), secondNumber(at));
    }

    // Links are stored with one added, so that rows of 0 have none.

    private int link(int slot, int which) {
        int bit = which * linkBytes * Byte.SIZE; // within the row
        return (rows[slot * stride + (bit >> 5)] >>> (bit & 31) & mostSlots(linkBytes)) - 1;
    }

    private void setLink(int slot, int which, int link) {
        int bit = which * linkBytes * Byte.SIZE;
        int at = slot * stride + (bit >> 5);
        int shift = bit & 31;
        rows[at] = rows[at] & ~(mostSlots(linkBytes) << shift) | (link + 1) << shift;
    }

    /** So many slots can have links of so many bytes, which has all bits of such a link; -1 for no bound. */
    private static int mostSlots(int bytes) {
        return -1 >>> Integer.SIZE - bytes * Byte.SIZE;
    }

    /** Called with every slot in use. */
    private void grow() {
        int more = capacity + Math.max(1, capacity / 16);
        if (more > MAX_CAPACITY) {
            throw new IllegalStateException("a table of " + size + " entries");
        }
        int[] inOrder = new int[size];
        int slots = 0;
        for (int slot = oldest(); slot != NONE; slot = younger(slot)) {
            inOrder[slots++] = slot;
        }
        copyRows(more, more <= mostSlots(1) ? 1 : more <= mostSlots(2) ? 2 : 4, keyWords);
        youngest = NONE;
        for (int slot : inOrder) {
            append(slot);
            push(bucketOf(keyOf(slot)), slot);
        }
        for (int slot = capacity - 1; slot >= size; slot--) {
            release(slot);
        }
        resized(capacity);
    }

    /** Makes place for so many slots with links and keys of such a size. The links are lost. */
    private void copyRows(int slots, int newLinkBytes, int newKeyWords) {
        int[] former = rows;
        int from = linkBytes;
        int formerStride = stride;
        int formerKeyWords = keyWords;
        int formerSlots = capacity;
        linkBytes = (byte) newLinkBytes;
        keyWords = (byte) newKeyWords;
        stride = (byte) (linkBytes + keyWords + cells);
        capacity = slots;
        rows = new int[slots * stride];
        for (int slot = 0; slot < formerSlots; slot++) {
            int source = slot * formerStride + from;
            int target = keyOf(slot);
            System.arraycopy(former, source, rows, target, formerKeyWords);
            System.arraycopy(former, source + formerKeyWords, rows, target + keyWords, cells);
        }
    }

    /** There are so many slots now. */
    abstract void resized(int slots);

    private void widenKeys(int newKeyWords) {
        int[] former = rows;
        int formerStride = stride;
        copyRows(capacity, linkBytes, newKeyWords);
        for (int slot = 0; slot < capacity; slot++) {
            System.arraycopy(former, slot * formerStride, rows, slot * stride, linkBytes);
        }
    }
}
