package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the order of NodeId, then link: a sorted array takes 4 bytes for each, a tree and its keys 64. Few searches are made: frames come with their
 * session ({@link io.thicket.routing.security.SessionPeer}).
 */
final class SortedNeighbors extends AbstractList<Neighbor> implements RandomAccess {
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Neighbor[] sorted = new @Nullable Neighbor[FIRST_CAPACITY];

    private int size;

    @Override
    public int size() {
        return size;
    }

    @Override
    public Neighbor get(int index) {
        Neighbor neighbor = index < size ? sorted[index] : null;
        if (neighbor == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return neighbor;
    }

    /** The session with this node on this link, null if there is none. */
    @Nullable
    Neighbor find(NodeId id, int link) {
        int place = placeOf(id.value(), link);
        return isAt(place, id.value(), link) ? sorted[place] : null;
    }

    /** Adds a session; there is none yet with its node on its link. */
    void insert(Neighbor neighbor) {
        modCount++;
        long name = neighbor.id().value();
        int place = placeOf(name, neighbor.link.number);
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, size + size / 8 + 1);
        }
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = neighbor;
        size++;
        neighbor.link.sessions++;
    }

    /** Removes the session with this node on this link, if there is one. */
    void remove(NodeId id, int link) {
        int place = placeOf(id.value(), link);
        if (isAt(place, id.value(), link)) {
            modCount++;
            get(place).link.sessions--;
            size--;
            System.arraycopy(sorted, place + 1, sorted, place, size - place);
            sorted[size] = null;
        }
    }

    /** The sessions with one node, on whichever links; a view. */
    List<Neighbor> of(NodeId id) {
        int from = placeOf(id.value(), 0);
        int to = from;
        while (to < size && nameOf(to) == id.value()) {
            to++;
        }
        return subList(from, to);
    }

    /** Where it is, or belongs. */
    private int placeOf(long name, int link) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int byName = Long.compareUnsigned(nameOf(middle), name);
            if (byName < 0 || byName == 0 && linkOf(middle) < link) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isAt(int place, long name, int link) {
        return place < size && nameOf(place) == name && linkOf(place) == link;
    }

    private long nameOf(int place) {
        return get(place).id().value();
    }

    private int linkOf(int place) {
        return get(place).link.number;
    }
}
