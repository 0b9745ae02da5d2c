package io.thicket.routing.table;

import org.jspecify.annotations.Nullable;

/** Counts by places from 0 on, in two bytes each until the first one needs more: nearly all of a node's stay small for long. Its heirs name the places. */
public class SmallCounts {
    /** The last 16 bits of each. */
    private final char[] low;

    /** What is above them, made when the first one has that; 48 bits are enough for a million a second and eight years. */
    private int @Nullable [] high;

    /** So many, each 0. */
    protected SmallCounts(int places) {
        low = new char[places];
    }

    /** One more at that place. */
    protected final void countAt(int place) {
        if (++low[place] == 0) {
            int[] made = high == null ? new int[low.length] : high;
            made[place]++;
            high = made;
        }
    }

    /** How many there were at that place. */
    protected final long countedAt(int place) {
        return (high == null ? 0 : Integer.toUnsignedLong(high[place])) << Character.SIZE | low[place];
    }
}
