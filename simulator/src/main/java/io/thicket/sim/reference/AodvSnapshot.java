package io.thicket.sim.reference;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.Gateway;
import io.thicket.routing.RoutingSnapshot.Neighbor;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An AODV router's state in the engine's words: hops as the metric, no feasibility distance. */
final class AodvSnapshot {
    private AodvSnapshot() {}

    static RoutingSnapshot of(long nowMs, NodeId self, long epoch, AodvCore core, List<Integer> gateways, int queued) {
        List<Route> routes = new ArrayList<>();
        List<Neighbor> neighbors = new ArrayList<>();
        for (AodvRoute route : core.table.all(nowMs)) {
            routes.add(route(nowMs, route, core.plan));
            Port port = core.links.portOf(route.destination);
            if (route.valid && route.hops == 1 && port != null) {
                neighbors.add(new Neighbor(
                        core.plan.nodeAt(route.destination),
                        0,
                        port.link(),
                        port.address(),
                        NeighborState.TWO_WAY,
                        1,
                        1.0,
                        -1,
                        0));
            }
        }
        List<Gateway> known = new ArrayList<>();
        for (int gateway : gateways) {
            AodvRoute route = core.table.findValid(nowMs, gateway);
            int hops = route == null ? -1 : route.hops;
            known.add(new Gateway(core.plan.nodeAt(gateway), new Seq(0, 0), hops, hops, true, true, 0));
        }
        routes.sort(Comparator.comparing(Route::destination));
        neighbors.sort(Comparator.comparing(Neighbor::id));
        known.sort(Comparator.comparing(Gateway::id));
        boolean gateway = gateways.contains(core.self);
        Seq ownSeq = new Seq(0, Integer.toUnsignedLong(core.ownSeq));
        return new RoutingSnapshot(
                self, ownSeq, (int) epoch, gateway, null, queued, neighbors, routes, known, core.tally.snapshot());
    }

    private static Route route(long nowMs, AodvRoute route, AddressPlan plan) {
        Seq seq = new Seq(0, route.seqKnown ? Integer.toUnsignedLong(route.seq) : 0);
        return new Route(
                plan.nodeAt(route.destination),
                route.valid ? RouteState.ACTIVE : RouteState.BROKEN,
                route.valid ? plan.nodeAt(route.nextHop) : null,
                0,
                seq,
                route.valid ? route.hops : -1,
                route.valid ? route.hops : -1,
                seq,
                route.hops,
                route.valid ? route.expiresMs - nowMs : 0,
                0,
                RouteChange.Reason.FIRST);
    }
}
