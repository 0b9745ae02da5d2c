package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteNote;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies a router's state into the immutable picture of it. */
final class SnapshotBuilder {
    private static final Seq NO_SEQ = new Seq(0, 0);

    private SnapshotBuilder() {}

    static RoutingSnapshot build(
            long nowMs,
            Core core,
            int bootTag,
            boolean gateway,
            @Nullable NodeId pinned,
            CustodyQueue queue,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            Collection<Interface> links) {
        List<RoutingSnapshot.Airtime> airtime = new ArrayList<>(0);
        for (Interface link : links) {
            if (link.duty.isLimited()) {
                airtime.add(link.duty.snapshot(nowMs, link));
            }
        }
        return new RoutingSnapshot(
                core.self,
                core.ownSeq(),
                bootTag,
                gateway,
                pinned,
                queue.size(),
                neighbors(nowMs, neighbors),
                routes(nowMs, routes),
                gateways(nowMs, routes, gateways),
                core.counters.snapshot(),
                airtime);
    }

    private static List<RoutingSnapshot.Neighbor> neighbors(long nowMs, NeighborTable neighbors) {
        List<RoutingSnapshot.Neighbor> all = new ArrayList<>();
        for (Neighbor neighbor : neighbors.all()) {
            all.add(new RoutingSnapshot.Neighbor(
                    neighbor.id(),
                    neighbor.bootTag(),
                    neighbor.link.id,
                    neighbor.address,
                    neighbor.state(),
                    neighbor.cost(),
                    neighbor.etx(nowMs),
                    neighbor.srttMs(),
                    neighbor.silentMs(nowMs),
                    neighbor.receivedPercent()));
        }
        return all;
    }

    private static List<RoutingSnapshot.Route> routes(long nowMs, RoutingTable routes) {
        List<RoutingSnapshot.Route> all = new ArrayList<>();
        for (RouteEntry entry : routes.entries()) {
            all.add(route(nowMs, entry, List.of()));
        }
        return all;
    }

    static RoutingSnapshot.Route route(long nowMs, RouteEntry entry, List<RouteNote> notes) {
        NextHop hop = entry.nextHop();
        Candidate current = entry.current();
        Seq held = entry.feasibleSeq();
        Seq feasibleSeq = held == null ? NO_SEQ : held;
        return new RoutingSnapshot.Route(
                entry.destination(),
                entry.state(),
                hop == null ? null : hop.id(),
                hop == null ? 0 : hop.bootTag(),
                hop == null || current == null ? feasibleSeq : current.seq(),
                entry.metric(),
                entry.hops(),
                feasibleSeq,
                entry.feasibleMetric(),
                hop == null ? 0 : Math.max(0, entry.validUntilMs(nowMs) - nowMs),
                entry.countAlternates(),
                entry.lastReason(),
                notes);
    }

    private static List<RoutingSnapshot.Gateway> gateways(long nowMs, RoutingTable routes, GatewayTable gateways) {
        List<RoutingSnapshot.Gateway> all = new ArrayList<>();
        for (KnownGateway gateway : gateways.known()) {
            RouteEntry route = routes.get(gateway.id);
            all.add(new RoutingSnapshot.Gateway(
                    gateway.id,
                    gateway.seq(),
                    route == null ? -1 : route.metric(),
                    route == null ? -1 : route.hops(),
                    gateway.isOffered(nowMs),
                    gateway.accepting,
                    gateway.loadPercent));
        }
        return all;
    }
}
