package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the order of NodeId, then link: sorted arrays take 12 bytes for each, a tree and its keys 64. The names are beside the
 * sessions, so that a search, one for each frame, looks at no session but the one it finds.
 */
final class SortedNeighbors extends AbstractList<Neighbor> implements RandomAccess {
    private static final int FIRST_CAPACITY = 4;

    private final ArrayList<Neighbor> sorted = new ArrayList<>(0);

    /** The NodeIds of {@link #sorted}, as numbers. */
    private long[] names = new long[FIRST_CAPACITY];

    @Override
    public int size() {
        return sorted.size();
    }

    @Override
    public Neighbor get(int index) {
        return sorted.get(index);
    }

    /** The session with this node on this link, null if there is none. */
    @Nullable
    Neighbor find(NodeId id, int link) {
        int place = placeOf(id.value(), link);
        return isAt(place, id.value(), link) ? sorted.get(place) : null;
    }

    /** Adds a session; there is none yet with its node on its link. */
    void insert(Neighbor neighbor) {
        modCount++;
        long name = neighbor.id().value();
        int place = placeOf(name, neighbor.link.id.value());
        if (size() == names.length) {
            names = Arrays.copyOf(names, size() + size() / 2);
        }
        System.arraycopy(names, place, names, place + 1, size() - place);
        names[place] = name;
        sorted.add(place, neighbor);
        neighbor.link.sessions++;
    }

    /** Removes the session with this node on this link, if there is one. */
    void remove(NodeId id, int link) {
        int place = placeOf(id.value(), link);
        if (isAt(place, id.value(), link)) {
            modCount++;
            System.arraycopy(names, place + 1, names, place, size() - place - 1);
            sorted.remove(place).link.sessions--;
        }
    }

    /** The sessions with one node, on whichever links; a view. */
    List<Neighbor> of(NodeId id) {
        int from = placeOf(id.value(), 0);
        int to = from;
        while (to < size() && names[to] == id.value()) {
            to++;
        }
        return sorted.subList(from, to);
    }

    /** Where it is, or belongs. */
    private int placeOf(long name, int link) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int byName = Long.compareUnsigned(names[middle], name);
            if (byName < 0 || byName == 0 && linkOf(middle) < link) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isAt(int place, long name, int link) {
        return place < size() && names[place] == name && linkOf(place) == link;
    }

    private int linkOf(int place) {
        return sorted.get(place).link.id.value();
    }
}
