package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the routing table: found by hash, walked in the order of their NodeIds. About 15 bytes an entry beside
 * the entry itself, a tree has 40. Of each entry it keeps a time, so that whoever looks for those that are due need not look at the others.
 */
final class Destinations extends AbstractList<RouteEntry> implements RandomAccess {
    private static final int FIRST_CAPACITY = 4;
    private static final int PLACE_BITS = 16;

    private final long seed;

    /** In the order of the NodeIds; an entry that comes moves those behind it, which is rare. */
    private @Nullable RouteEntry[] sorted = new @Nullable RouteEntry[FIRST_CAPACITY];

    /** The time of each of these. */
    private int[] times = new int[FIRST_CAPACITY];

    /**
     * The hash table: of each taken slot the place of its entry in {@link #sorted} in the lower half, there are fewer than two bytes can count, and
     * in the upper one some bits of its name, never 0, so that a search looks at few entries but its own; of an empty one 0.
     */
    private int[] slots = new int[FIRST_CAPACITY];

    /** The place that was found or filled last: mostly that of the entry which is looked for next, and of the one which is changed next. */
    private char latest;

    private char size;
    private int changes;

    /** The name of the entry in that place; of no meaning in an empty table. */
    private long latestName;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    Destinations(long seed) {
        this.seed = seed;
    }

    @Override
    public int size() {
        return size;
    }

    /** In the order of the NodeIds. */
    @Override
    public RouteEntry get(int index) {
        RouteEntry entry = index < size ? sorted[index] : null;
        if (entry == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return entry;
    }

    /** Another number after each entry that came or went; as long as it is the same, what {@link #find} said holds. */
    int changes() {
        return changes;
    }

    @Nullable
    RouteEntry find(NodeId destination) {
        long name = destination.value();
        if (name != latestName) {
            int found = slots[slotOf(name)];
            if (found == 0) {
                return null;
            }
            latest(placeIn(found), name);
        }
        return sorted[latest];
    }

    /** Adds an entry whose destination is not held yet. */
    void insert(RouteEntry entry) {
        changes++;
        if (size == sorted.length) {
            int more = size + 1 + size / 8;
            sorted = Arrays.copyOf(sorted, more);
            times = Arrays.copyOf(times, more);
        }
        int at = placeOf(entry.name);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        System.arraycopy(times, at, times, at + 1, size - at);
        sorted[at] = entry;
        times[at] = 0;
        latest((char) at, entry.name);
        size++;
        if (4 * size > 3 * slots.length) {
            slots = new int[Math.max((4 * size + 2) / 3, slots.length + slots.length / 8)];
            indexAll();
        } else {
            for (int slot = 0; slot < slots.length; slot++) {
                slots[slot] += slots[slot] != 0 && placeIn(slots[slot]) >= at ? 1 : 0;
            }
            index(at);
        }
    }

    /** Removes these entries, all of which are held; in their order here. */
    void forget(List<RouteEntry> gone) {
        changes++;
        for (int i = 0; i < gone.size(); i++) {
            free(slotOf(gone.get(i).name));
        }
        char[] newPlaces = new char[size];
        int kept = 0;
        int found = 0;
        for (int i = 0; i < size; i++) {
            newPlaces[i] = (char) kept;
            RouteEntry entry = get(i);
            if (found < gone.size() && gone.get(found) == entry) {
                found++;
            } else {
                sorted[kept] = entry;
                times[kept++] = times[i];
            }
        }
        Arrays.fill(sorted, kept, size, null);
        size = (char) kept;
        latest((char) 0, kept == 0 ? 0 : get(0).name);
        for (int slot = 0; slot < slots.length; slot++) {
            int taken = slots[slot];
            slots[slot] = taken == 0 ? 0 : tagIn(taken) | newPlaces[placeIn(taken)];
        }
    }

    private void latest(char place, long name) {
        latest = place;
        latestName = name;
    }

    /** Empties a slot: entries behind it that a search would no longer find move up. Only their names are looked at. */
    private void free(int slot) {
        int empty = slot;
        for (int next = after(slot); slots[next] != 0; next = after(next)) {
            int home = homeOf(mixed(get(placeIn(slots[next])).name));
            if (distance(home, next) >= distance(empty, next)) {
                slots[empty] = slots[next];
                empty = next;
            }
        }
        slots[empty] = 0;
    }

    /** The time of an entry that is held; 0 until it is set. */
    void setTime(RouteEntry entry, int time) {
        times[sorted[latest] == entry ? latest : placeIn(slots[slotOf(entry.name)])] = time;
    }

    /** The entries whose time is {@code until} or earlier, in their order here. */
    List<RouteEntry> upTo(int until) {
        List<RouteEntry> found = List.of();
        for (int place = 0; place < size; place++) {
            if (times[place] <= until) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(get(place));
            }
        }
        return found;
    }

    /** The first time after {@code time} of any entry, {@link Integer#MAX_VALUE} if there is none. */
    int firstAfter(int time) {
        int first = Integer.MAX_VALUE;
        for (int place = 0; place < size; place++) {
            if (times[place] > time) {
                first = Math.min(first, times[place]);
            }
        }
        return first;
    }

    private int placeOf(long name) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(get(middle).name, name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** All slots are empty. */
    private void indexAll() {
        for (int place = 0; place < size; place++) {
            index(place);
        }
    }

    private void index(int place) {
        long name = get(place).name;
        slots[slotOf(name)] = tagOf(mixed(name)) | place;
    }

    /** The slot of the entry of this name, or the empty one that it would have. At most three quarters are taken, so an empty one ends each search. */
    private int slotOf(long name) {
        long mixed = mixed(name);
        int tag = tagOf(mixed);
        int slot = homeOf(mixed);
        while (slots[slot] != 0 && (tagIn(slots[slot]) != tag || !isOf(slots[slot], name))) {
            slot = after(slot);
        }
        return slot;
    }

    private boolean isOf(int taken, long name) {
        RouteEntry entry = sorted[placeIn(taken)];
        return entry != null && entry.name == name;
    }

    private long mixed(long name) {
        long mixed = (name ^ seed) * 0x9e3779b97f4a7c15L;
        return (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
    }

    /** Where a search begins. */
    private int homeOf(long mixed) {
        return (int) ((mixed >>> 32) * slots.length >>> 32);
    }

    private int after(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** How many slots on from one to the other. */
    private int distance(int from, int to) {
        return to - from + (to < from ? slots.length : 0);
    }

    /** Of other bits than those that choose the slot. */
    private static int tagOf(long mixed) {
        return (int) (mixed >>> 16 | 1) << PLACE_BITS;
    }

    private static int tagIn(int taken) {
        return taken & -1 << PLACE_BITS;
    }

    private static char placeIn(int taken) {
        return (char) taken;
    }
}
