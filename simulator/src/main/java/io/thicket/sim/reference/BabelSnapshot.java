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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A Babel router's state in the engine's words; metrics are Babel's own, in 1/256 perfect hop. Hops are not known. */
final class BabelSnapshot {
    private BabelSnapshot() {}

    static RoutingSnapshot of(
            long nowMs,
            NodeId self,
            long epoch,
            AddressPlan plan,
            BabelSpeaker speaker,
            Links links,
            Collection<Integer> gateways,
            Tally tally) {
        List<Neighbor> neighbors = new ArrayList<>();
        for (BabelNeighbor neighbor : speaker.table.neighbors()) {
            Port port = links.portOf(neighbor.address);
            if (port != null) {
                int cost = neighbor.cost(nowMs, BabelParameters.LinkCost.ETX);
                neighbors.add(new Neighbor(
                        plan.nodeAt(neighbor.address),
                        0,
                        port.link(),
                        port.address(),
                        cost == BabelTlv.INFINITY ? NeighborState.HEARD : NeighborState.TWO_WAY,
                        cost,
                        cost / 256.0,
                        -1,
                        0));
            }
        }
        List<Route> routes = new ArrayList<>();
        speaker.table.prefixes().forEach(prefix -> routes.add(route(nowMs, prefix, plan)));
        List<Gateway> known = new ArrayList<>();
        for (int gateway : gateways) {
            BabelRoute route = speaker.table.selected(gateway);
            known.add(new Gateway(
                    plan.nodeAt(gateway), new Seq(0, 0), route == null ? -1 : route.metric, -1, true, true, 0));
        }
        routes.sort(Comparator.comparing(Route::destination));
        neighbors.sort(Comparator.comparing(Neighbor::id));
        known.sort(Comparator.comparing(Gateway::id));
        return new RoutingSnapshot(
                self,
                new Seq(0, speaker.ownSeqno()),
                (int) epoch,
                gateways.contains(plan.addressOf(self)),
                null,
                0,
                neighbors,
                routes,
                known,
                tally.snapshot());
    }

    private static Route route(long nowMs, BabelPrefix prefix, AddressPlan plan) {
        BabelRoute selected = prefix.selected;
        Seq feasible = new Seq(0, prefix.feasibleSeqno());
        return new Route(
                plan.nodeAt(prefix.prefix),
                selected == null ? RouteState.BROKEN : RouteState.ACTIVE,
                selected == null ? null : plan.nodeAt(selected.neighbor),
                0,
                selected == null ? feasible : new Seq(0, selected.seqno),
                selected == null ? -1 : selected.metric,
                -1,
                feasible,
                prefix.feasibleMetric(),
                selected == null ? 0 : Math.max(0, selected.expiresMs - nowMs),
                Math.max(0, prefix.routes.size() - 1),
                RouteChange.Reason.FIRST);
    }
}
