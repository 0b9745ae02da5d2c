package io.thicket.routing.table;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of objects by numbers that they know themselves, in one array (open addressing, at most three quarters full). Seven bits of the
 * number's hash lie beside it, so that a search looks at no object but the one it finds. Who gives way is found by the clock algorithm: nearly the one that was used least recently, without an order
 * that each use would change. Its owner bounds it by {@link #giveWay}. Allocates nothing but when it grows, and never shrinks.
 */
public final class ClockTable<V extends ClockTable.Entry> {
    private static final int FIRST_PLACES = 4;

    // An empty table's, which many are for all of a node's life.
    private static final @Nullable Object[] ONE_EMPTY_PLACE = {null};
    private static final byte[] ONE_EMPTY_TAG = {0};

    private final long seed;

    /** A power of two of them. */
    private @Nullable Object[] places = ONE_EMPTY_PLACE;

    /** Of each place seven bits of the hash and a 1; 0 for an empty one. */
    private byte[] tags = ONE_EMPTY_TAG;

    private int size;

    /** Where the clock stands. */
    private int hand;

    /** What such a table holds. */
    public interface Entry {
        /** Its number, always the same. */
        long key();

        /** Says whether it was used since this was last asked; of those that are never asked to {@link #giveWay} it does not matter. */
        default boolean clearUsed() {
            return false;
        }
    }

    /** {@code seed} is best a secret of this boot: whoever knows it can choose numbers that all have the same place. */
    public ClockTable(long seed) {
        this.seed = seed;
    }

    public int size() {
        return size;
    }

    /** The entry of this number, null if there is none. */
    public @Nullable V find(long key) {
        int place = placeOf(key);
        return place < 0 ? null : at(place);
    }

    /** Where the entry of this number is, or -1. */
    private int placeOf(long key) {
        int hash = hash(key);
        byte tag = tag(hash);
        int place = home(hash);
        while (tags[place] != 0) {
            if (tags[place] == tag && entry(place).key() == key) {
                return place;
            }
            place = next(place);
        }
        return -1;
    }

    /** Another entry of the same number goes. */
    public void put(V entry) {
        remove(entry.key());
        if (4 * (size + 1) > 3 * places.length) {
            grow();
        }
        insert(entry);
        size++;
    }

    /** Nothing happens if there is none of this number. */
    public void remove(long key) {
        int place = placeOf(key);
        if (place >= 0) {
            removeAt(place);
        }
    }

    /** Removes those, and gives each to {@code visitor}. */
    public void removeIf(Predicate<V> which, Consumer<V> visitor) {
        int place = 0;
        while (place < places.length) {
            V entry = at(place);
            if (entry != null && which.test(entry)) {
                removeAt(place); // another one may be there now
                visitor.accept(entry);
            } else {
                place++;
            }
        }
    }

    /** Gives each, in an order of no meaning; nothing is put or removed meanwhile. */
    public void forEach(Consumer<V> visitor) {
        for (int place = 0; place < places.length; place++) {
            V entry = at(place);
            if (entry != null) {
                visitor.accept(entry);
            }
        }
    }

    /**
     * Removes one that was not used since it was last passed over, and is not needed; null if all are. The first time it is anyone, since nobody
     * was passed over yet.
     */
    public @Nullable V giveWay(Predicate<V> isNeeded) {
        for (int looks = 0; looks < 2 * places.length; looks++) {
            int place = hand & places.length - 1;
            V entry = at(place);
            if (entry != null && !entry.clearUsed() && !isNeeded.test(entry)) {
                removeAt(place); // the next one may be there now, so the hand stays
                return entry;
            }
            hand++;
        }
        return null;
    }

    private void removeAt(int gap) {
        clear(gap);
        size--;
        // What lies behind may have been put off by what is gone now.
        for (int place = next(gap); tags[place] != 0; place = next(place)) {
            V moved = entry(place);
            clear(place);
            insert(moved);
        }
    }

    private void clear(int place) {
        places[place] = null;
        tags[place] = 0;
    }

    private void grow() {
        @Nullable Object[] former = places;
        places = new @Nullable Object[Math.max(FIRST_PLACES, 2 * former.length)];
        tags = new byte[places.length];
        for (Object entry : former) {
            if (entry != null) {
                insert(cast(entry));
            }
        }
    }

    private void insert(V entry) {
        int hash = hash(entry.key());
        int place = home(hash);
        while (tags[place] != 0) {
            place = next(place);
        }
        places[place] = entry;
        tags[place] = tag(hash);
    }

    /** The entry in a place that is not empty. */
    private V entry(int place) {
        V entry = at(place);
        if (entry == null) {
            throw new AssertionError("place " + place + " is empty");
        }
        return entry;
    }

    private @Nullable V at(int place) {
        Object entry = places[place];
        return entry == null ? null : cast(entry);
    }

    @SuppressWarnings("unchecked") // Only V is ever put.
    private V cast(Object entry) {
        return (V) entry;
    }

    private int next(int place) {
        return place + 1 & tags.length - 1;
    }

    private int hash(long key) {
        long mixed = key ^ seed;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    private int home(int hash) {
        return hash & tags.length - 1; // as many as places, which a search needs for what it finds only
    }

    private static byte tag(int hash) {
        return (byte) (hash >>> 24 | 1);
    }
}
