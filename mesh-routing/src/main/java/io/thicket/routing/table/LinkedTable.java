package io.thicket.routing.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A {@code LinkedHashMap} without boxes: {@link LinkedSlots} with a value in each, and with numbers beside it if need be. */
public final class LinkedTable<V> extends LinkedSlots {
    private static final @Nullable Object[] NO_VALUES = {};

    private @Nullable Object[] values = NO_VALUES;

    /** {@code seed} is best a secret of this boot: whoever knows it can choose keys that all fall into one bucket. */
    public LinkedTable(long seed) {
        this(seed, 0);
    }

    /** With so many cells beside each value, at most 100. */
    public LinkedTable(long seed, int cells) {
        super(seed, cells);
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

    /** Adds a key that is not there yet, as the youngest, with cells of 0. Returns its slot. */
    public int add(long a, long b, V value) {
        int slot = addKey(a, b);
        values[slot] = value;
        return slot;
    }

    @Override
    public void remove(int slot) {
        super.remove(slot);
        values[slot] = null;
    }

    @Override
    void resized(int slots) {
        values = Arrays.copyOf(values, slots);
    }
}
