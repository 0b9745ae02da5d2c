package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireLimits;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ways to gateways are kept without traffic: when only infeasible ones are left, one of them carries a directed RREQ to
 * the gateway, which answers with a Seq that makes the way feasible (2.5), ever more rarely. If that one does not take it up, the next one
 * is asked at once: where a node died several neighbours may lead to it, or be dead, too.
 *
 * <p>A way that leads on, but costs much more than an infeasible one, is no better than none: a link that loses large frames only answers every
 * probe, so that it is never given up, and nothing else would bring a newer Seq before the gateway's next one, T_gw later.
 *
 * <p>Only ways that would be used or passed on: neighbours pass on the nearest two gateways, so the way to a third one ends by itself and comes
 * and goes with their choice. Where there are many gateways each such request could become a flood of the whole network.
 */
final class GatewayRepair {
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long MAX_PAUSE_MS = 60_000;

    /** So long a way must have been much worse than an infeasible one: metrics jump, and the neighbour may have heard of it only then. */
    private static final long WORSE_MS = 10_000;

    /** Other ways that are tried without a pause, until the way has lasted. */
    private static final int MAX_HURRIED = 3;

    /** Who has what makes requests; it is made with the first one. */
    interface Requester {
        OwnRequests ownRequests();
    }

    private static final class Pause {
        long lengthMs = FIRST_PAUSE_MS;
        long nextAtMs;

        @Nullable
        Neighbor refusedBy;

        int hurried;

        /** The link was congested when the pause began. */
        boolean awaitsRoom;

        /** The way leads on and is worse since the pause began: nobody was asked yet. */
        boolean watches;
    }

    private final Core core;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final GatewayChoice choice;
    private final CustodyQueue queue;
    private final Requester requester;

    /** As many as there are gateways; made with the first one, which few nodes see. */
    private Map<NodeId, Pause> pauses = Collections.emptyMap();

    GatewayRepair(
            Core core,
            RoutingTable routes,
            GatewayTable gateways,
            GatewayChoice choice,
            CustodyQueue queue,
            Requester requester) {
        this.core = core;
        this.routes = routes;
        this.gateways = gateways;
        this.choice = choice;
        this.queue = queue;
        this.requester = requester;
    }

    void sweep() {
        for (int i = 0; i < gateways.size(); i++) {
            KnownGateway gateway = gateways.at(i);
            RouteEntry route = gateways.routeOf(gateway);
            if (route == null || !isLacking(core.now(), routes, route)) {
                forgetIfSettled(gateway.id);
            } else {
                ask(gateway.id, route);
            }
        }
        if (!pauses.isEmpty()) {
            Collection<NodeId> known = pauses.keySet();
            known.removeIf(target -> gateways.get(target) == null);
        }
        // As long as something is remembered of ways that were asked for, each second may end it.
        core.agenda.set(Agenda.Part.GATEWAY_REPAIR, pauses.isEmpty() ? MeshRouter.NEVER : core.now());
    }

    /** Whether a request could bring a way, or a much better one, if it is of use. */
    static boolean isLacking(long nowMs, RoutingTable routes, RouteEntry route) {
        return route.nextHop() == null || routes.hasInfeasibleWay(nowMs, route);
    }

    /** A way that comes and goes is asked for ever more rarely until it has lasted as long as the last pause. */
    private void forgetIfSettled(NodeId target) {
        Pause pause = pauses.isEmpty() ? null : pauses.get(target);
        if (pause != null && (pause.watches || core.now() - pause.nextAtMs > pause.lengthMs)) {
            pauses.remove(target);
        }
    }

    private void ask(NodeId target, RouteEntry route) {
        Pause pause = pauses.get(target);
        if (pause != null && pause.refusedBy != null && !isElsewhere(target, pause.refusedBy)) {
            pause.refusedBy = null; // the others are gone meanwhile: no hurry any more, but it is the only way left
            pause.nextAtMs = core.now() + pause.lengthMs;
        }
        Neighbor refusedBy = pause == null ? null : pause.refusedBy;
        if (!(routes.infeasibleWay(core.now(), target, refusedBy) instanceof Neighbor way)) {
            return;
        }
        if (!isOfUse(target, route, way)) {
            forgetIfSettled(target);
            return;
        }
        if (pause == null) {
            pause = new Pause();
            pauses = pauses.isEmpty() ? new LinkedHashMap<>() : pauses;
            pauses.put(target, pause);
            if (way.link.isCongested(core.now())) {
                // Ways come and go there all the time; the gateway's next Seq, or a neighbour's, is awaited first.
                pause.lengthMs = MAX_PAUSE_MS;
                pause.nextAtMs = core.now() + MAX_PAUSE_MS;
                pause.awaitsRoom = true;
            } else if (route.nextHop() != null) {
                pause.lengthMs = WORSE_MS;
                pause.nextAtMs = core.now() + WORSE_MS;
                pause.watches = true;
            }
        }
        if (pause.watches && route.nextHop() == null) {
            pause.watches = false;
            pause.lengthMs = FIRST_PAUSE_MS;
            pause.nextAtMs = core.now();
        }
        if (pause.awaitsRoom && !way.link.isCongested(core.now())) {
            pause.awaitsRoom = false;
            pause.lengthMs = FIRST_PAUSE_MS;
            pause.nextAtMs = core.now();
        }
        Seq feasible = route.feasibleSeq();
        if (pause.nextAtMs - core.now() > 0 || feasible == null || feasible.count() >= WireLimits.MAX_U32) {
            return; // the last Seq of an epoch has no next one to ask for
        }
        OwnRequests requests = requester.ownRequests();
        if (!requests.mayMake(way.link)) {
            return;
        }
        pause.nextAtMs = core.now() + pause.lengthMs;
        pause.lengthMs = Math.min(2 * pause.lengthMs, MAX_PAUSE_MS);
        pause.refusedBy = null;
        pause.watches = false;
        requests.direct(target, feasible.next(), way, hop -> isElsewhere(target, hop), () -> refused(target, way));
    }

    /** Whether this node would use or pass on a way to {@code target} over {@code way}, if it were feasible. */
    private boolean isOfUse(NodeId target, RouteEntry route, Neighbor way) {
        Candidate candidate = route.candidateOf(way);
        return candidate == null || !choice.hasNearer(core.now(), candidate.wayMetric()) || queue.holds(target);
    }

    /** Whether another way than over {@code hop} could be asked for. */
    private boolean isElsewhere(NodeId target, Neighbor hop) {
        RouteEntry route = routes.get(target);
        return route != null
                && routes.infeasibleWay(core.now(), target, hop) instanceof Neighbor other
                && isOfUse(target, route, other);
    }

    /** Another way is tried without a pause; the same one is not. */
    private void refused(NodeId target, Neighbor way) {
        Pause pause = pauses.get(target);
        boolean congested = way.link.isCongested(core.now());
        if (pause == null || !congested && pause.hurried >= MAX_HURRIED || !isElsewhere(target, way)) {
            return;
        }
        pause.refusedBy = way;
        if (!congested) { // there the other one is asked after the pause
            pause.hurried++;
            pause.nextAtMs = core.now();
        }
    }
}
