package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.WireLimits;
import java.util.Collection;
import java.util.LinkedHashMap;

/**
 * Ways to gateways are kept without traffic: when only infeasible ones are left, one of them carries a directed RREQ to
 * the gateway, which answers with a Seq that makes the way feasible (2.5), ever more rarely.
 */
final class GatewayRepair {
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long MAX_PAUSE_MS = 60_000;

    private static final class Pause {
        long lengthMs = FIRST_PAUSE_MS;
        long nextAtMs;
    }

    private final Core core;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final OwnRequests own;

    /** As many as there are gateways. */
    private final LinkedHashMap<NodeId, Pause> pauses = new LinkedHashMap<>();

    GatewayRepair(Core core, RoutingTable routes, GatewayTable gateways, OwnRequests own) {
        this.core = core;
        this.routes = routes;
        this.gateways = gateways;
        this.own = own;
    }

    void sweep() {
        for (GatewayTable.Known gateway : gateways.known()) {
            RouteEntry route = routes.get(gateway.id);
            if (route == null || route.nextHop() != null) {
                pauses.remove(gateway.id);
            } else if (routes.infeasibleWay(core.now(), gateway.id) instanceof Neighbor way) {
                ask(gateway.id, route, way);
            }
        }
        Collection<NodeId> known = pauses.keySet();
        known.removeIf(target -> gateways.get(target) == null);
    }

    private void ask(NodeId target, RouteEntry route, Neighbor way) {
        Pause pause = pauses.computeIfAbsent(target, unused -> new Pause());
        FeasibilityDistance fd = route.feasibility;
        if (pause.nextAtMs - core.now() > 0 || fd == null || fd.seq().count() >= WireLimits.MAX_U32) {
            return; // the last Seq of an epoch has no next one to ask for
        }
        if (!own.mayMake(way.link)) {
            return;
        }
        pause.nextAtMs = core.now() + pause.lengthMs;
        pause.lengthMs = Math.min(2 * pause.lengthMs, MAX_PAUSE_MS);
        own.direct(target, fd.seq().next(), way, () -> {});
    }
}
