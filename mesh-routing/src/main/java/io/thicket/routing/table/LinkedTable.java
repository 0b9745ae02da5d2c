package io.thicket.routing.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table with keys of two numbers that keeps its entries in an order, the oldest first: a {@code LinkedHashMap}
 * without boxes. Entries are named by their slots; a slot is valid until its entry is removed. Grows as needed, never
 * shrinks, and allocates nothing otherwise; its owner bounds it.
 */
public final class LinkedTable<V> {
    /** Stands for no slot. */
    public static final int NONE = -1;

    private static final int FIRST_CAPACITY = 4;

    /** Where the links of a slot are, from three times its number: the next slot of the same bucket, or of the free ones. */
    private static final int NEXT = 0;

    private static final int OLDER = 1;
    private static final int YOUNGER = 2;
    private static final int LINKS = 3;

    /** An empty table's, which many are for all of a node's life. */
    private static final long[] NO_KEYS = {};

    /** What -1 is in two bytes; so many slots need four. */
    private static final int NARROW_NONE = Character.MAX_VALUE;

    private static final char[] ONE_EMPTY_BUCKET = {NARROW_NONE};
    private static final int[] NOT_WIDE = {};
    private static final @Nullable Object[] NO_VALUES = {};

    private final long seed;
    private long[] first = NO_KEYS;

    /** Empty as long as each is 0. */
    private long[] second = NO_KEYS;

    private @Nullable Object[] values = NO_VALUES;

    /**
     * The links of all slots, then the first slot of each bucket: a node has many tables, and an array more costs each 16 bytes. In two
     * bytes each as long as slots have numbers below 65 535: a node's tables are mostly links.
     */
    private char[] narrow = ONE_EMPTY_BUCKET;

    private int[] wide = NOT_WIDE;
    private boolean isWide;

    /** Of the arrays of slots; they know it, too, but a search does not look there. */
    private int capacity;

    private int bucketMask;
    private int free = NONE;
    private int used;
    private int size;
    private int oldest = NONE;
    private int youngest = NONE;

    /** {@code seed} is best a secret of this boot: whoever knows it can choose keys that all fall into one bucket. */
    public LinkedTable(long seed) {
        this.seed = seed;
    }

    public int size() {
        return size;
    }

    /** The slot of this key, or {@link #NONE}. */
    public int find(long a, long b) {
        int slot = link(bucket(a, b));
        while (slot != NONE && (first[slot] != a || second(slot) != b)) {
            slot = link(LINKS * slot + NEXT);
        }
        return slot;
    }

    /** The value of this key, null if there is none. */
    public @Nullable V get(long a, long b) {
        int slot = find(a, b);
        return slot == NONE ? null : value(slot);
    }

    /** The value in a valid slot. */
    @SuppressWarnings("unchecked") // Only V is ever put.
    public V value(int slot) {
        Object value = values[slot];
        if (value == null) {
            throw new AssertionError("slot " + slot + " is empty");
        }
        return (V) value;
    }

    /** Another value in the place of that in a valid slot. */
    public void replace(int slot, V value) {
        values[slot] = value;
    }

    /** The first number of the key in a valid slot. */
    public long firstKey(int slot) {
        return first[slot];
    }

    /** Adds a key that is not there yet, as the youngest. Returns its slot. */
    public int add(long a, long b, V value) {
        if (free == NONE && used == capacity) {
            grow();
        }
        int slot = free;
        if (slot == NONE) {
            slot = used++;
        } else {
            free = link(LINKS * slot + NEXT);
        }
        first[slot] = a;
        if (b != 0 && second.length == 0) {
            second = new long[capacity];
        }
        if (second.length != 0) {
            second[slot] = b;
        }
        values[slot] = value;
        push(bucket(a, b), slot);
        append(slot);
        size++;
        return slot;
    }

    /** Removes the entry in a valid slot. */
    public void remove(int slot) {
        int before = bucket(first[slot], second(slot));
        while (link(before) != slot) {
            before = LINKS * link(before) + NEXT;
        }
        setLink(before, link(LINKS * slot + NEXT));
        unlink(slot);
        values[slot] = null;
        setLink(LINKS * slot + NEXT, free);
        free = slot;
        size--;
    }

    /** Removes this key if it is there. */
    public void remove(long a, long b) {
        int slot = find(a, b);
        if (slot != NONE) {
            remove(slot);
        }
    }

    /** Makes the entry in a valid slot the youngest. */
    public void touch(int slot) {
        if (slot != youngest) {
            unlink(slot);
            append(slot);
        }
    }

    /** The slot of the oldest entry, {@link #NONE} if the table is empty. */
    public int oldest() {
        return oldest;
    }

    /** The slot of the entry that is younger than this one, {@link #NONE} for the youngest. */
    public int younger(int slot) {
        return link(LINKS * slot + YOUNGER);
    }

    private long second(int slot) {
        return second.length == 0 ? 0 : second[slot];
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
        return LINKS * capacity + ((int) (mixed >>> 32) & bucketMask);
    }

    private int link(int index) {
        if (isWide) {
            return wide[index];
        }
        char link = narrow[index];
        return link == NARROW_NONE ? NONE : link;
    }

    private void setLink(int index, int link) {
        if (isWide) {
            wide[index] = link;
        } else {
            narrow[index] = (char) link; // -1 becomes the highest
        }
    }

    /** Called with every slot in use. */
    private void grow() {
        int[] former = new int[LINKS * used];
        for (int i = 0; i < former.length; i++) {
            former[i] = link(i);
        }
        capacity = Math.max(FIRST_CAPACITY, capacity + capacity / 2);
        first = Arrays.copyOf(first, capacity);
        second = second.length == 0 ? NO_KEYS : Arrays.copyOf(second, capacity);
        values = Arrays.copyOf(values, capacity);
        bucketMask = Integer.highestOneBit(2 * capacity - 1) - 1; // at least a bucket for each slot
        int links = LINKS * capacity + bucketMask + 1;
        isWide = capacity > NARROW_NONE;
        narrow = new char[isWide ? 0 : links];
        wide = isWide ? new int[links] : NOT_WIDE;
        Arrays.fill(narrow, (char) NARROW_NONE);
        Arrays.fill(wide, NONE);
        for (int i = 0; i < former.length; i++) {
            setLink(i, former[i]);
        }
        for (int slot = oldest; slot != NONE; slot = younger(slot)) {
            push(bucket(first[slot], second(slot)), slot);
        }
    }
}
