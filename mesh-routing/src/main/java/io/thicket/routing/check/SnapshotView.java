package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.List;

/** A router seen through its public picture, which does not tell how long a distance is held. */
public final class SnapshotView implements RouterView {
    private final long takenAtMs;
    private final RoutingSnapshot picture;

    /** What {@code picture} showed at {@code takenAtMs}. */
    public SnapshotView(long takenAtMs, RoutingSnapshot picture) {
        this.takenAtMs = takenAtMs;
        this.picture = picture;
    }

    @Override
    public NodeId self() {
        return picture.self();
    }

    @Override
    public Seq ownSeq() {
        return picture.ownSeq();
    }

    @Override
    public int bootTag() {
        return picture.bootTag();
    }

    @Override
    public List<HeldRoute> routes() {
        List<HeldRoute> all = new ArrayList<>(picture.routes().size());
        for (Route route : picture.routes()) {
            boolean active = route.nextHop() != null;
            all.add(new HeldRoute(
                    route.destination(),
                    route.nextHop(),
                    route.nextHopBootTag(),
                    active && isTwoWay(route),
                    active ? route.seq() : null,
                    route.metric(),
                    hasDistance(route) ? route.feasibleSeq() : null,
                    route.feasibleMetric(),
                    takenAtMs + route.validForMs(),
                    HeldRoute.UNKNOWN_HOLD));
        }
        return all;
    }

    @Override
    public int queued() {
        return picture.queued();
    }

    @Override
    public int neighbors() {
        return picture.neighbors().size();
    }

    @Override
    public long counter(RoutingCounter counter) {
        return picture.counters().getOrDefault(counter, 0L);
    }

    /** A picture has no word for "no distance" but a number that no node ever has. */
    private static boolean hasDistance(Route route) {
        return route.feasibleSeq().epoch() > 0;
    }

    private boolean isTwoWay(Route route) {
        for (RoutingSnapshot.Neighbor neighbor : picture.neighbors()) {
            if (neighbor.id().equals(route.nextHop())
                    && neighbor.bootTag() == route.nextHopBootTag()
                    && neighbor.state() == NeighborState.TWO_WAY) {
                return true;
            }
        }
        return false;
    }
}
