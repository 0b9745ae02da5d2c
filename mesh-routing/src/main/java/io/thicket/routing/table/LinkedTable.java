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

    /** An empty table's, which many are for all of a node's life. */
    private static final long[] NO_KEYS = {};

    private static final int[] NO_SLOTS = {};
    private static final int[] ONE_EMPTY_BUCKET = {NONE};
    private static final @Nullable Object[] NO_VALUES = {};

    private final long seed;
    private long[] first = NO_KEYS;
    private long[] second = NO_KEYS;
    private @Nullable Object[] values = NO_VALUES;

    /** The next slot of the same bucket, or of the free ones. */
    private int[] next = NO_SLOTS;

    private int[] older = NO_SLOTS;
    private int[] younger = NO_SLOTS;
    private int[] buckets = ONE_EMPTY_BUCKET;
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
        int slot = buckets[bucket(a, b)];
        while (slot != NONE && (first[slot] != a || second[slot] != b)) {
            slot = next[slot];
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

    /** The first number of the key in a valid slot. */
    public long firstKey(int slot) {
        return first[slot];
    }

    /** Adds a key that is not there yet, as the youngest. Returns its slot. */
    public int add(long a, long b, V value) {
        if (free == NONE && used == values.length) {
            grow();
        }
        int slot = free;
        if (slot == NONE) {
            slot = used++;
        } else {
            free = next[slot];
        }
        first[slot] = a;
        second[slot] = b;
        values[slot] = value;
        int bucket = bucket(a, b);
        next[slot] = buckets[bucket];
        buckets[bucket] = slot;
        append(slot);
        size++;
        return slot;
    }

    /** Removes the entry in a valid slot. */
    public void remove(int slot) {
        int bucket = bucket(first[slot], second[slot]);
        if (buckets[bucket] == slot) {
            buckets[bucket] = next[slot];
        } else {
            int before = buckets[bucket];
            while (next[before] != slot) {
                before = next[before];
            }
            next[before] = next[slot];
        }
        unlink(slot);
        values[slot] = null;
        next[slot] = free;
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
        return younger[slot];
    }

    private void append(int slot) {
        older[slot] = youngest;
        younger[slot] = NONE;
        if (youngest == NONE) {
            oldest = slot;
        } else {
            younger[youngest] = slot;
        }
        youngest = slot;
    }

    private void unlink(int slot) {
        int before = older[slot];
        int after = younger[slot];
        if (before == NONE) {
            oldest = after;
        } else {
            younger[before] = after;
        }
        if (after == NONE) {
            youngest = before;
        } else {
            older[after] = before;
        }
    }

    private int bucket(long a, long b) {
        long mixed = (a ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ b) * 0xbf58476d1ce4e5b9L ^ seed;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return (int) (mixed >>> 32) & buckets.length - 1;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, 2 * values.length);
        first = Arrays.copyOf(first, capacity);
        second = Arrays.copyOf(second, capacity);
        values = Arrays.copyOf(values, capacity);
        next = Arrays.copyOf(next, capacity);
        older = Arrays.copyOf(older, capacity);
        younger = Arrays.copyOf(younger, capacity);
        buckets = new int[2 * capacity];
        Arrays.fill(buckets, NONE);
        for (int slot = oldest; slot != NONE; slot = younger[slot]) {
            int bucket = bucket(first[slot], second[slot]);
            next[slot] = buckets[bucket];
            buckets[bucket] = slot;
        }
    }
}
