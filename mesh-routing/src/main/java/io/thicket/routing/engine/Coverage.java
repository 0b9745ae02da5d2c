package io.thicket.routing.engine;

import java.util.ArrayList;
import java.util.List;

/** Who is reached by the copies of a request that were heard, as far as two hops of heard lists tell (2.5, step 8). */
final class Coverage {
    /** More than this makes no difference to the wait. */
    static final int MAX_RANK = 2 * FloodRelay.MAX_RANK_JITTERS;

    private final NeighborTable neighbors;

    Coverage(NeighborTable neighbors) {
        this.neighbors = neighbors;
    }

    /** The neighbours that a broadcast on {@code link} reaches and that were not heard sending the request. */
    List<Neighbor> audience(RouteRequest request, Interface link) {
        List<Neighbor> all = new ArrayList<>();
        for (Neighbor neighbor : neighbors.all()) {
            if (neighbor.link == link
                    && neighbor.isUsable()
                    && !neighbor.id().equals(request.rreq.origin())
                    && !hasSent(request, neighbor)) {
                all.add(neighbor);
            }
        }
        return all;
    }

    private static boolean hasSent(RouteRequest request, Neighbor neighbor) {
        for (Neighbor relay : request.relays) {
            if (relay.id().equals(neighbor.id())) {
                return true;
            }
        }
        return false;
    }

    /** How many of {@code audience} no relay that was heard on the link reaches. */
    int uncovered(RouteRequest request, Interface link, List<Neighbor> audience) {
        int missing = 0;
        for (Neighbor neighbor : audience) {
            missing += isCovered(request, link, neighbor.id().prefix()) ? 0 : 1;
        }
        return missing;
    }

    /**
     * How many neighbours that got the request, too, would reach more new nodes than this one does, up to
     * {@link #MAX_RANK}: so many should go first. At most (relays + neighbours) x {@link HeardList#MAX_HEARD} look-ups.
     */
    int rank(RouteRequest request, Interface link) {
        CoveredNodes covered = new CoveredNodes(request, link);
        int mine = 0;
        for (Neighbor neighbor : audience(request, link)) {
            mine += covered.contains(neighbor.id().prefix()) ? 0 : 1;
        }
        int rank = 0;
        for (Neighbor other : neighbors.all()) {
            if (other.link == link
                    && other.isUsable()
                    && !hasSent(request, other)
                    && covered.contains(other.id().prefix())
                    && covered.missing(other.heardList) > mine
                    && ++rank == MAX_RANK) {
                break;
            }
        }
        return rank;
    }

    /** Nodes on {@code link} that were heard sending the request. */
    int relaysHeard(RouteRequest request, Interface link) {
        int heard = 0;
        for (Neighbor relay : request.relays) {
            heard += relay.link == link ? 1 : 0;
        }
        return heard;
    }

    /** Whether some neighbours on {@code link} may reach others through this node only. */
    boolean isCutCandidate(Interface link) {
        List<Neighbor> reached = new ArrayList<>();
        List<Neighbor> rest = new ArrayList<>();
        for (Neighbor neighbor : neighbors.all()) {
            if (neighbor.link == link && neighbor.isUsable()) {
                rest.add(neighbor);
            }
        }
        if (rest.size() < 2) {
            return false;
        }
        reached.add(rest.remove(rest.size() - 1));
        for (int i = 0; i < reached.size() && !rest.isEmpty(); i++) {
            Neighbor from = reached.get(i);
            for (int j = rest.size() - 1; j >= 0; j--) {
                Neighbor to = rest.get(j);
                if (HeardList.hears(from.heardList, to.id().prefix())
                        || HeardList.hears(to.heardList, from.id().prefix())) {
                    reached.add(to);
                    rest.remove(j);
                }
            }
        }
        return !rest.isEmpty();
    }

    private static boolean isCovered(RouteRequest request, Interface link, int prefix) {
        for (Neighbor relay : request.relays) {
            if (relay.link == link && (relay.id().prefix() == prefix || HeardList.hears(relay.heardList, prefix))) {
                return true;
            }
        }
        return false;
    }
}
