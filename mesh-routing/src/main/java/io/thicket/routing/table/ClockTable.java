package io.thicket.routing.table;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of objects by numbers that they know themselves, in one array (open addressing, at most half full unless it is small: the clock empties the places behind it, so that those before it lie close together). The number's hash
 * lies beside it, so that a search looks at no object but the one it finds, and the table moves objects without a look at any: most of thousands are far from the caches. Who gives way is found by the
 * clock algorithm: nearly the one that was used least recently, without an order that each use would change. Its owner bounds it by {@link #giveWay}. Allocates nothing but when it grows, by an eighth, and never shrinks.
 */
public class ClockTable<V extends ClockTable.Entry> {
    private static final int FIRST_PLACES = 4;

    /** So many places are two lines of a cache, through which a search goes at once. */
    private static final int FEW_PLACES = 32;

    // An empty table's, which many are for all of a node's life.
    private static final @Nullable Object[] ONE_EMPTY_PLACE = {null};
    private static final int[] ONE_EMPTY_MARK = {0};

    private static final int TAKEN = 1 << 31;
    private static final int USED = 1 << 30;
    private static final int HASH_BITS = 30;
    private static final int HASH = USED - 1;

    private final long seed;

    private @Nullable Object[] places = ONE_EMPTY_PLACE;

    /** Of each place the hash, with {@link #TAKEN}, and {@link #USED} if its entry was used since the clock passed; 0 for an empty one. */
    private int[] marks = ONE_EMPTY_MARK;

    private int size;

    /** Where the clock stands. */
    private int hand;

    /** Where the entry that was found or put last is, or was: nearly always the one that is used next. */
    private int latest;

    /** What such a table holds. */
    public interface Entry {
        /** Its number, always the same. */
        long key();
    }

    /** {@code seed} is best a secret of this boot: whoever knows it can choose numbers that all have the same place. */
    public ClockTable(long seed) {
        this.seed = seed;
    }

    public final int size() {
        return size;
    }

    /** The entry of this number, null if there is none. */
    public final @Nullable V find(long key) {
        int place = placeOf(key);
        if (place < 0) {
            return null;
        }
        latest = place;
        return at(place);
    }

    /** Where the entry of this number is, or -1. */
    private int placeOf(long key) {
        int hash = hash(key);
        int place = home(hash);
        while (marks[place] != 0) {
            if ((marks[place] & HASH) == hash && entry(place).key() == key) {
                return place;
            }
            place = next(place);
        }
        return -1;
    }

    /** This entry, or another one of its number, does not give way before the clock has passed it twice. Nothing happens if none is here. */
    public final void use(V entry) {
        int place = latest < places.length && places[latest] == entry ? latest : placeOf(entry.key());
        if (place >= 0) {
            marks[place] |= USED;
        }
    }

    /** Another entry of the same number goes. */
    public final void put(V entry) {
        remove(entry.key());
        if (placesFor(size + 1) > places.length) {
            grow();
        }
        insert(TAKEN | hash(entry.key()), entry);
        size++;
    }

    /** Nothing happens if there is none of this number. */
    public final void remove(long key) {
        int place = placeOf(key);
        if (place >= 0) {
            removeAt(place);
        }
    }

    /** Removes those, and gives each to {@code visitor}. */
    public final void removeIf(Predicate<V> which, Consumer<V> visitor) {
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
    public final void forEach(Consumer<V> visitor) {
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
    public final @Nullable V giveWay(Predicate<V> isNeeded) {
        for (int looks = 0; looks < 2 * places.length; looks++) {
            int place = hand;
            if ((marks[place] & USED) != 0) {
                marks[place] &= ~USED;
            } else if (marks[place] != 0 && !isNeeded.test(entry(place))) {
                V gone = entry(place);
                removeAt(place); // the next one may be there now, so the hand stays
                return gone;
            }
            hand = next(place);
        }
        return null;
    }

    private void removeAt(int place) {
        int gap = place;
        // What lies behind may have been put off by what is gone now.
        for (int behind = next(gap); marks[behind] != 0; behind = next(behind)) {
            if (distance(home(marks[behind]), behind) >= distance(gap, behind)) {
                marks[gap] = marks[behind];
                places[gap] = places[behind];
                gap = behind;
            }
        }
        marks[gap] = 0;
        places[gap] = null;
        size--;
    }

    /** At least, with one that is empty. */
    private static int placesFor(int entries) {
        int close = (4 * entries + 2) / 3;
        return close <= FEW_PLACES ? close : 2 * entries;
    }

    private void grow() {
        @Nullable Object[] former = places;
        int[] formerMarks = marks;
        int needed = Math.max(FIRST_PLACES, placesFor(size + 1));
        places = new @Nullable Object[Math.max(needed, former.length + former.length / 8)];
        marks = new int[places.length];
        for (int place = 0; place < former.length; place++) {
            if (formerMarks[place] != 0) {
                insert(formerMarks[place], former[place]);
            }
        }
    }

    private void insert(int mark, @Nullable Object entry) {
        int place = home(mark);
        while (marks[place] != 0) {
            place = next(place);
        }
        places[place] = entry;
        marks[place] = mark;
        latest = place;
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
        return place + 1 == marks.length ? 0 : place + 1;
    }

    /** How many places on from one to the other. */
    private int distance(int from, int to) {
        return to - from + (to < from ? marks.length : 0);
    }

    private int hash(long key) {
        long mixed = key ^ seed;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & HASH;
    }

    /** Of a hash, or of a mark. */
    private int home(int hash) {
        return (int) ((long) (hash & HASH) * marks.length >>> HASH_BITS);
    }
}
