package io.thicket.sim.kernel;

import java.util.Arrays;

/** Numbers from 0 on by numbers from 0 on, in one array: 6 bytes an entry or so, 11 from the first number of more than 16 bits on, where a map of objects takes 50. */
public final class IntMap {
    /** Stands for no number. */
    public static final int NONE = -1;

    /** Of a number that fits into half a cell, which may not be all ones: they are an empty cell's. */
    private static final int MAX_HALF = 0xfffe;

    private static final int[] ONE_EMPTY_PLACE = {NONE};

    /**
     * Each place's key and value: the halves of one cell, or two cells if {@link #wide}. Open addressing, at most four fifths full, so that there is an
     * empty place always.
     */
    private int[] cells = ONE_EMPTY_PLACE;

    private int size;

    /** Whether a number came that does not fit into half a cell. */
    private boolean wide;

    public int size() {
        return size;
    }

    /** The number of {@code key}, or {@link #NONE}. */
    public int get(int key) {
        int place = placeOf(key);
        return isEmpty(place) ? NONE : value(place);
    }

    /** Returns the number that {@code key} had before, or {@link #NONE}. */
    public int put(int key, int value) {
        assert value != NONE;
        if (!wide && Math.max(key, value) > MAX_HALF) {
            rebuild(places(), true);
        }
        int place = placeOf(key);
        if (!isEmpty(place)) {
            int before = value(place);
            set(place, key, value);
            return before;
        }
        if (5 * (size + 1) > 4 * places()) {
            rebuild(places() + places() / 8 + 1, wide); // not twice as many: half of them would be empty
            place = placeOf(key);
        }
        set(place, key, value);
        size++;
        return NONE;
    }

    /** Nothing happens if {@code key} is not there. */
    public void remove(int key) {
        int gap = placeOf(key);
        if (isEmpty(gap)) {
            return;
        }
        size--;
        empty(gap);
        // What lies behind may have been put off by what is gone now.
        for (int place = next(gap); !isEmpty(place); place = next(place)) {
            int moved = key(place);
            int value = value(place);
            empty(place);
            set(placeOf(moved), moved, value);
        }
    }

    /** Every key, in an order of no meaning. */
    public int[] keys() {
        int[] all = new int[size];
        int count = 0;
        for (int place = 0; place < places(); place++) {
            if (!isEmpty(place)) {
                all[count++] = key(place);
            }
        }
        return all;
    }

    /** Forgets all keys. */
    public void clear() {
        Arrays.fill(cells, NONE); // the one empty place that all begin with has no other value
        size = 0;
    }

    /** As many places, of one cell each or of two. */
    private void rebuild(int count, boolean intoWide) {
        IntMap former = new IntMap();
        former.cells = cells;
        former.wide = wide;
        cells = new int[intoWide ? 2 * count : count];
        wide = intoWide;
        Arrays.fill(cells, NONE);
        for (int place = 0; place < former.places(); place++) {
            if (!former.isEmpty(place)) {
                int key = former.key(place);
                set(placeOf(key), key, former.value(place));
            }
        }
    }

    /** Where {@code key} is, or would be put. */
    private int placeOf(int key) {
        int place = (int) (Integer.toUnsignedLong(key * 0x9e3779b1) * places() >>> 32);
        while (!isEmpty(place) && key(place) != key) {
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return place + 1 == places() ? 0 : place + 1;
    }

    private int places() {
        return wide ? cells.length / 2 : cells.length;
    }

    private boolean isEmpty(int place) {
        return cells[wide ? 2 * place : place] == NONE;
    }

    private int key(int place) {
        return wide ? cells[2 * place] : cells[place] >>> Short.SIZE;
    }

    private int value(int place) {
        return wide ? cells[2 * place + 1] : cells[place] & 0xffff;
    }

    private void set(int place, int key, int value) {
        if (wide) {
            cells[2 * place] = key;
            cells[2 * place + 1] = value;
        } else {
            cells[place] = key << Short.SIZE | value;
        }
    }

    private void empty(int place) {
        cells[wide ? 2 * place : place] = NONE;
    }
}
