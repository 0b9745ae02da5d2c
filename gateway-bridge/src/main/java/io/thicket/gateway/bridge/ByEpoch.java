package io.thicket.gateway.bridge;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of a few boots of one node, the lowest epoch first; beyond {@code max} the lowest gives way. Two short arrays:
 * a gateway keeps some for every node of its site, and nearly all have one boot.
 */
final class ByEpoch<V> {
    private static final long[] NO_EPOCHS = {};
    private static final @Nullable Object[] NO_VALUES = {};

    private long[] epochs = NO_EPOCHS;
    private @Nullable Object[] values = NO_VALUES;

    /** The value of the highest epoch, which is nearly always the one that is asked for. */
    private @Nullable V latest;

    private long latestEpoch;

    int size() {
        return epochs.length;
    }

    /** The epoch at this place, in ascending order. */
    long epoch(int index) {
        return epochs[index];
    }

    @SuppressWarnings("unchecked") // Only V is ever put.
    V value(int index) {
        Object value = values[index];
        if (value == null) {
            throw new AssertionError("no value at " + index);
        }
        return (V) value;
    }

    /** What is kept for this epoch, null if nothing. */
    @Nullable
    V get(long epoch) {
        if (latest != null && epoch == latestEpoch) {
            return latest;
        }
        int index = Arrays.binarySearch(epochs, epoch);
        return index < 0 ? null : value(index);
    }

    /** The same, made if there is nothing; {@code max}: see the class. A new lowest of too many is not kept. */
    V getOrMake(long epoch, int max, Supplier<V> maker) {
        int index = Arrays.binarySearch(epochs, epoch);
        if (index >= 0) {
            return value(index);
        }
        V made = maker.get();
        insert(-index - 1, epoch, made);
        if (epochs.length > max) {
            epochs = Arrays.copyOfRange(epochs, 1, epochs.length);
            values = Arrays.copyOfRange(values, 1, values.length);
        }
        return made;
    }

    private void insert(int at, long epoch, V value) {
        int size = epochs.length;
        long[] moreEpochs = Arrays.copyOf(epochs, size + 1);
        @Nullable Object[] moreValues = Arrays.copyOf(values, size + 1);
        System.arraycopy(epochs, at, moreEpochs, at + 1, size - at);
        System.arraycopy(values, at, moreValues, at + 1, size - at);
        moreEpochs[at] = epoch;
        moreValues[at] = value;
        epochs = moreEpochs;
        values = moreValues;
        latestEpoch = epochs[size];
        latest = value(size);
    }
}
