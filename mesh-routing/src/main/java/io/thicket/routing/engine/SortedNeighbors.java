package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Sessions in the order of NodeId, then link: a sorted array takes 4 bytes for each, a tree and its keys 64. */
final class SortedNeighbors extends AbstractList<Neighbor> implements RandomAccess {
    private final ArrayList<Neighbor> sorted = new ArrayList<>(0);

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
        int place = placeOf(id, link);
        return isAt(place, id, link) ? sorted.get(place) : null;
    }

    /** Adds a session; there is none yet with its node on its link. */
    void insert(Neighbor neighbor) {
        modCount++;
        sorted.add(placeOf(neighbor.id(), neighbor.link.id.value()), neighbor);
    }

    /** Removes the session with this node on this link, if there is one. */
    void remove(NodeId id, int link) {
        int place = placeOf(id, link);
        if (isAt(place, id, link)) {
            modCount++;
            sorted.remove(place);
        }
    }

    /** The sessions with one node, on whichever links; a view. */
    List<Neighbor> of(NodeId id) {
        int from = placeOf(id, 0);
        int to = from;
        while (to < sorted.size() && sorted.get(to).id().equals(id)) {
            to++;
        }
        return sorted.subList(from, to);
    }

    /** Where it is, or belongs. */
    private int placeOf(NodeId id, int link) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(sorted.get(middle), id, link) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isAt(int place, NodeId id, int link) {
        return place < sorted.size() && compare(sorted.get(place), id, link) == 0;
    }

    private static int compare(Neighbor neighbor, NodeId id, int link) {
        int byId = neighbor.id().compareTo(id);
        return byId != 0 ? byId : Integer.compare(neighbor.link.id.value(), link);
    }
}
