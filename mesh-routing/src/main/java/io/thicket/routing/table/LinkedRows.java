package io.thicket.routing.table;

/** {@link LinkedSlots} with a row of numbers for each key and no object. */
public final class LinkedRows extends LinkedSlots {
    /** With so many cells a row, at most 100. {@code seed}: see {@link LinkedTable}. */
    public LinkedRows(long seed, int cells) {
        super(seed, cells);
    }

    /** Adds a key that is not there yet, as the youngest, with cells of 0. Returns its slot. */
    public int add(long a, long b) {
        return addKey(a, b);
    }

    @Override
    void resized(int slots) {
        // The rows have grown already.
    }
}
