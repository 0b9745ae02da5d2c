package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the routing table: found by hash, walked in the order of their NodeIds. About 20 bytes an entry beside
 * the entry itself, a tree has 40. Of each entry it keeps a time, so that whoever looks for those that are due need not look at the others.
 */
final class Destinations extends AbstractList<RouteEntry> implements RandomAccess {
    private static final int FIRST_CAPACITY = 16;

    private final long seed;
    private @Nullable RouteEntry[] sorted = new @Nullable RouteEntry[FIRST_CAPACITY];
    private @Nullable RouteEntry[] slots = new @Nullable RouteEntry[FIRST_CAPACITY];

    /** Of each slot some bits of the name of its entry, never 0, so that a search looks at few entries but its own; of an empty one 0. */
    private byte[] tags = new byte[FIRST_CAPACITY];

    /** Of each taken slot the time of its entry. */
    private int[] times = new int[FIRST_CAPACITY];

    /** The slot that was looked for last: nearly always that of the entry which is changed next. */
    private int latest;

    private int size;
    private int changes;

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
        latest = slotOf(destination.value());
        return slots[latest];
    }

    /** Adds an entry whose destination is not held yet. */
    void insert(RouteEntry entry) {
        changes++;
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, size + size / 2);
        }
        int at = placeOf(entry.name);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = entry;
        size++;
        if (4L * size > 3L * slots.length) {
            growSlots();
        }
        place(entry, 0);
    }

    /** Removes these entries, all of which are held; in their order here. */
    void forget(List<RouteEntry> gone) {
        changes++;
        int kept = 0;
        int found = 0;
        for (int i = 0; i < size; i++) {
            RouteEntry entry = get(i);
            if (found < gone.size() && gone.get(found) == entry) {
                found++;
            } else {
                sorted[kept++] = entry;
            }
        }
        Arrays.fill(sorted, kept, size, null);
        size = kept;
        for (int i = 0; i < gone.size(); i++) {
            free(slotOf(gone.get(i).name));
        }
    }

    /** The time of an entry that is held; 0 until it is set. */
    void setTime(RouteEntry entry, int time) {
        times[slots[latest] == entry ? latest : slotOf(entry.name)] = time;
    }

    /** The entries whose time is {@code until} or earlier, in their order here. */
    List<RouteEntry> upTo(int until) {
        List<RouteEntry> found = List.of();
        for (int slot = 0; slot < slots.length; slot++) {
            RouteEntry entry = tags[slot] == 0 || times[slot] > until ? null : slots[slot];
            if (entry != null) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(entry);
            }
        }
        if (found.size() > 1) {
            found.sort((one, other) -> Long.compareUnsigned(one.name, other.name));
        }
        return found;
    }

    /** The first time after {@code time} of any entry, {@link Integer#MAX_VALUE} if there is none. */
    int firstAfter(int time) {
        int first = Integer.MAX_VALUE;
        for (int slot = 0; slot < slots.length; slot++) {
            if (tags[slot] != 0 && times[slot] > time) {
                first = Math.min(first, times[slot]);
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

    private void growSlots() {
        @Nullable RouteEntry[] former = slots;
        int[] formerTimes = times;
        slots = new @Nullable RouteEntry[2 * former.length];
        tags = new byte[slots.length];
        times = new int[slots.length];
        for (int i = 0; i < former.length; i++) {
            RouteEntry entry = former[i];
            if (entry != null) {
                place(entry, formerTimes[i]);
            }
        }
    }

    private void place(RouteEntry entry, int time) {
        int slot = slotOf(entry.name);
        slots[slot] = entry;
        tags[slot] = tagOf(mixed(entry.name));
        times[slot] = time;
    }

    /** Empties a slot; what a search would no longer find behind it moves up (Knuth, 6.4, algorithm R). */
    private void free(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int next = slot + 1 & mask; tags[next] != 0; next = next + 1 & mask) {
            RouteEntry entry = slots[next];
            int home = entry == null ? next : homeOf(mixed(entry.name));
            boolean isFoundThere = (next - home & mask) < (next - hole & mask);
            if (!isFoundThere) {
                slots[hole] = entry;
                tags[hole] = tags[next];
                times[hole] = times[next];
                hole = next;
            }
        }
        slots[hole] = null;
        tags[hole] = 0;
    }

    /** Where the entry of this name is, or would be. At most three quarters are taken, so an empty one ends each search. */
    private int slotOf(long name) {
        long mixed = mixed(name);
        byte tag = tagOf(mixed);
        int slot = homeOf(mixed);
        while (tags[slot] != 0 && (tags[slot] != tag || !isOf(slot, name))) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isOf(int slot, long name) {
        RouteEntry entry = slots[slot];
        return entry != null && entry.name == name;
    }

    private long mixed(long name) {
        long mixed = (name ^ seed) * 0x9e3779b97f4a7c15L;
        return (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
    }

    /** Where a search begins. */
    private int homeOf(long mixed) {
        return (int) (mixed >>> 32) & slots.length - 1;
    }

    /** Of other bits than those that choose the slot. */
    private static byte tagOf(long mixed) {
        return (byte) (mixed >>> 24 | 1);
    }
}
