package io.thicket.sim.kernel;

import java.util.Arrays;

/** Numbers from 0 on by numbers from 0 on, in one array: 11 bytes an entry or so, where a map of objects takes 50. */
public final class IntMap {
    /** Stands for no number. */
    public static final int NONE = -1;

    private static final int[] ONE_EMPTY_PLACE = {NONE, NONE};

    /** Each place's key and, behind it, its value. Open addressing, at most four fifths full, so that there is an empty place always. */
    private int[] places = ONE_EMPTY_PLACE;

    private int size;

    public int size() {
        return size;
    }

    /** The number of {@code key}, or {@link #NONE}. */
    public int get(int key) {
        int place = placeOf(key);
        return places[place] == key ? places[place + 1] : NONE;
    }

    /** Returns the number that {@code key} had before, or {@link #NONE}. */
    public int put(int key, int value) {
        int place = placeOf(key);
        if (places[place] == key) {
            int before = places[place + 1];
            places[place + 1] = value;
            return before;
        }
        if (5 * (size + 1) > 2 * places.length) {
            grow();
            place = placeOf(key);
        }
        places[place] = key;
        places[place + 1] = value;
        size++;
        return NONE;
    }

    /** Nothing happens if {@code key} is not there. */
    public void remove(int key) {
        int gap = placeOf(key);
        if (places[gap] != key) {
            return;
        }
        size--;
        places[gap] = NONE;
        // What lies behind may have been put off by what is gone now.
        for (int place = next(gap); places[place] != NONE; place = next(place)) {
            int moved = places[place];
            int value = places[place + 1];
            places[place] = NONE;
            int back = placeOf(moved);
            places[back] = moved;
            places[back + 1] = value;
        }
    }

    /** Every key, in an order of no meaning. */
    public int[] keys() {
        int[] all = new int[size];
        int count = 0;
        for (int place = 0; place < places.length; place += 2) {
            if (places[place] != NONE) {
                all[count++] = places[place];
            }
        }
        return all;
    }

    /** Forgets all keys. */
    public void clear() {
        Arrays.fill(places, NONE); // the one empty place that all begin with has no other value
        size = 0;
    }

    private void grow() {
        int[] former = places;
        int count = former.length / 2;
        places = new int[2 * (count + count / 4 + 1)]; // not twice as many: half of them would be empty
        Arrays.fill(places, NONE);
        for (int i = 0; i < former.length; i += 2) {
            if (former[i] != NONE) {
                int place = placeOf(former[i]);
                places[place] = former[i];
                places[place + 1] = former[i + 1];
            }
        }
    }

    /** Where {@code key} is, or would be put. */
    private int placeOf(int key) {
        int place = 2 * (int) (Integer.toUnsignedLong(key * 0x9e3779b1) * (places.length / 2) >>> 32);
        while (places[place] != NONE && places[place] != key) {
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return place + 2 == places.length ? 0 : place + 2;
    }
}
