package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the routing table: found by hash, walked in the order of their NodeIds. About 14 bytes an entry beside
 * the entry itself, a tree has 40.
 */
final class Destinations extends AbstractList<RouteEntry> implements RandomAccess {
    private static final int FIRST_CAPACITY = 16;

    private final long seed;
    private @Nullable RouteEntry[] sorted = new @Nullable RouteEntry[FIRST_CAPACITY];
    private @Nullable RouteEntry[] buckets = new @Nullable RouteEntry[FIRST_CAPACITY];
    private int size;

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

    @Nullable
    RouteEntry find(NodeId destination) {
        long name = destination.value();
        RouteEntry entry = buckets[bucket(name)];
        while (entry != null && entry.destination.value() != name) {
            entry = entry.sameBucket;
        }
        return entry;
    }

    /** Adds an entry whose destination is not held yet. */
    void insert(RouteEntry entry) {
        if (size == sorted.length) {
            grow();
        }
        int at = placeOf(entry.destination);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = entry;
        size++;
        link(entry);
    }

    /** Removes these entries, all of which are held. */
    void forget(List<RouteEntry> gone) {
        for (RouteEntry entry : gone) {
            unlink(entry);
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            RouteEntry entry = get(i);
            if (find(entry.destination) == entry) {
                sorted[kept++] = entry;
            }
        }
        Arrays.fill(sorted, kept, size, null);
        size = kept;
    }

    private int placeOf(NodeId destination) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).destination.compareTo(destination) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void link(RouteEntry entry) {
        int bucket = bucket(entry.destination.value());
        entry.sameBucket = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void unlink(RouteEntry entry) {
        int bucket = bucket(entry.destination.value());
        RouteEntry before = buckets[bucket];
        if (before == entry) {
            buckets[bucket] = entry.sameBucket;
        }
        while (before != null && before != entry) {
            if (before.sameBucket == entry) {
                before.sameBucket = entry.sameBucket;
            }
            before = before.sameBucket;
        }
        entry.sameBucket = null;
    }

    private int bucket(long name) {
        long mixed = (name ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & buckets.length - 1;
    }

    private void grow() {
        sorted = Arrays.copyOf(sorted, size + size / 2);
        if (size >= buckets.length) {
            buckets = new @Nullable RouteEntry[2 * buckets.length];
            for (int i = 0; i < size; i++) {
                link(get(i));
            }
        }
    }
}
