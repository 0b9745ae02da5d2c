package io.thicket.sim.kernel;

import java.util.Arrays;

/** Numbers from 0 on by numbers from 0 on, in two arrays: 12 bytes an entry or so, where a map of objects takes 50. */
public final class IntMap {
    /** Stands for no number. */
    public static final int NONE = -1;

    private static final int[] ONE_EMPTY_PLACE = {NONE};

    /** Open addressing, at most three quarters full; their number is a power of two. */
    private int[] keys = ONE_EMPTY_PLACE;

    private int[] values = ONE_EMPTY_PLACE;
    private int size;

    public int size() {
        return size;
    }

    /** The number of {@code key}, or {@link #NONE}. */
    public int get(int key) {
        int place = placeOf(key);
        return keys[place] == key ? values[place] : NONE;
    }

    /** Returns the number that {@code key} had before, or {@link #NONE}. */
    public int put(int key, int value) {
        int place = placeOf(key);
        if (keys[place] == key) {
            int before = values[place];
            values[place] = value;
            return before;
        }
        if (4 * (size + 1) > 3 * keys.length) {
            grow();
            place = placeOf(key);
        }
        keys[place] = key;
        values[place] = value;
        size++;
        return NONE;
    }

    /** Nothing happens if {@code key} is not there. */
    public void remove(int key) {
        int gap = placeOf(key);
        if (keys[gap] != key) {
            return;
        }
        size--;
        keys[gap] = NONE;
        // What lies behind may have been put off by what is gone now.
        for (int place = next(gap); keys[place] != NONE; place = next(place)) {
            int moved = keys[place];
            int value = values[place];
            keys[place] = NONE;
            int back = placeOf(moved);
            keys[back] = moved;
            values[back] = value;
        }
    }

    /** Every key, in an order of no meaning. */
    public int[] keys() {
        int[] all = new int[size];
        int count = 0;
        for (int key : keys) {
            if (key != NONE) {
                all[count++] = key;
            }
        }
        return all;
    }

    /** Forgets all keys. */
    public void clear() {
        Arrays.fill(keys, NONE); // the one empty place that all begin with has no other value
        size = 0;
    }

    private void grow() {
        int[] formerKeys = keys;
        int[] formerValues = values;
        keys = new int[2 * formerKeys.length];
        values = new int[keys.length];
        Arrays.fill(keys, NONE);
        for (int i = 0; i < formerKeys.length; i++) {
            if (formerKeys[i] != NONE) {
                int place = placeOf(formerKeys[i]);
                keys[place] = formerKeys[i];
                values[place] = formerValues[i];
            }
        }
    }

    /** Where {@code key} is, or would be put. */
    private int placeOf(int key) {
        int place = (key * 0x9e3779b1) >>> 7 & keys.length - 1;
        while (keys[place] != NONE && keys[place] != key) {
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return place + 1 & keys.length - 1;
    }
}
