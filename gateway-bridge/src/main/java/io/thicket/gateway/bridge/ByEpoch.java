package io.thicket.gateway.bridge;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of a few boots of one node; beyond {@code max} the lowest epoch gives way. A gateway keeps some for every node of
 * its site, and nearly all have one boot: the highest needs no array.
 */
final class ByEpoch<V> {
    private static final long[] NO_EPOCHS = {};
    private static final @Nullable Object[] NO_VALUES = {};

    /** All but the highest, in ascending order. */
    private long[] formerEpochs = NO_EPOCHS;

    private @Nullable Object[] formerValues = NO_VALUES;

    /** The value of the highest epoch, which is nearly always the one that is asked for; null before the first. */
    private @Nullable V latest;

    private long latestEpoch;

    int size() {
        return latest == null ? 0 : formerEpochs.length + 1;
    }

    /** What is kept for this epoch, null if nothing. */
    @Nullable
    V get(long epoch) {
        if (latest != null && epoch == latestEpoch) {
            return latest;
        }
        int index = Arrays.binarySearch(formerEpochs, epoch);
        return index < 0 ? null : formerValue(index);
    }

    @SuppressWarnings("unchecked") // Only V is ever put.
    private V formerValue(int index) {
        Object value = formerValues[index];
        if (value == null) {
            throw new AssertionError("no value at " + index);
        }
        return (V) value;
    }

    /** The same, made if there is nothing; {@code max}: see the class. A new lowest of too many is not kept. */
    V getOrMake(long epoch, int max, Supplier<V> maker) {
        V known = get(epoch);
        if (known != null) {
            return known;
        }
        V made = maker.get();
        V highest = latest;
        if (highest == null || epoch > latestEpoch) {
            if (highest != null) {
                insert(formerEpochs.length, latestEpoch, highest);
            }
            latest = made;
            latestEpoch = epoch;
        } else {
            insert(-Arrays.binarySearch(formerEpochs, epoch) - 1, epoch, made);
        }
        if (size() > max) {
            formerEpochs = Arrays.copyOfRange(formerEpochs, 1, formerEpochs.length);
            formerValues = Arrays.copyOfRange(formerValues, 1, formerValues.length);
        }
        return made;
    }

    private void insert(int at, long epoch, V value) {
        int size = formerEpochs.length;
        long[] moreEpochs = Arrays.copyOf(formerEpochs, size + 1);
        @Nullable Object[] moreValues = Arrays.copyOf(formerValues, size + 1);
        System.arraycopy(formerEpochs, at, moreEpochs, at + 1, size - at);
        System.arraycopy(formerValues, at, moreValues, at + 1, size - at);
        moreEpochs[at] = epoch;
        moreValues[at] = value;
        formerEpochs = moreEpochs;
        formerValues = moreValues;
    }
}
