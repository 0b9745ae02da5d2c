package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Directed route requests (2.5, step 7): when only infeasible ways to a gateway are left, one of them carries an RREQ to
 * the gateway, which answers with a Seq that makes the way feasible. Nothing is flooded here.
 */
final class Discovery {
    /** Requests remembered, each with the neighbour it came from. */
    static final int MAX_REQUESTS = 512;

    private static final int TTL = 64;
    private static final int LIFETIME_S = 300;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long MAX_PAUSE_MS = 60_000;

    /** 2.5 (6): the target raises its Seq by at most one step in this time. */
    private static final long BUMP_MS = 100;

    private static final double RELAYED_PER_S = 1;
    private static final int RELAYED_BURST = 5;

    private record Request(NodeId origin, long id) {}

    /** Null for this node's own requests. */
    private record From(@Nullable Neighbor neighbor) {}

    private static final class Search {
        long pauseMs = FIRST_PAUSE_MS;
        long nextAtMs;
    }

    private final Core core;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final HopSender hops;
    private final LinkedHashMap<Request, From> requests = new LinkedHashMap<>();
    private final LinkedHashMap<NodeId, Search> searches = new LinkedHashMap<>();
    private final TokenBuckets<NodeId> relayed = new TokenBuckets<>(RELAYED_PER_S, RELAYED_BURST);
    private long lastId;
    private long bumpedAtMs = Long.MIN_VALUE / 2;

    Discovery(Core core, RoutingTable routes, GatewayTable gateways, HopSender hops) {
        this.core = core;
        this.routes = routes;
        this.gateways = gateways;
        this.hops = hops;
        // An id of a former boot must not be known still.
        this.lastId = core.random.nextLong(WireLimits.MAX_U32);
    }

    /** Asks every gateway that only infeasible adverts lead to, ever more rarely. */
    void sweep() {
        for (GatewayTable.Known gateway : gateways.known()) {
            RouteEntry route = routes.get(gateway.id);
            if (route == null || route.nextHop() != null) {
                searches.remove(gateway.id);
            } else if (routes.infeasibleWay(core.now(), gateway.id) instanceof Neighbor way) {
                ask(gateway.id, route, way);
            }
        }
        searches.keySet().removeIf(target -> gateways.get(target) == null);
    }

    private void ask(NodeId target, RouteEntry route, Neighbor way) {
        Search search = searches.computeIfAbsent(target, unused -> new Search());
        FeasibilityDistance fd = route.feasibility;
        if (search.nextAtMs - core.now() > 0 || fd == null || fd.seq().count() >= WireLimits.MAX_U32) {
            return; // the last Seq of an epoch has no next one to ask for
        }
        search.nextAtMs = core.now() + search.pauseMs;
        search.pauseMs = Math.min(2 * search.pauseMs, MAX_PAUSE_MS);
        lastId = lastId + 1 & WireLimits.MAX_U32;
        Seq own = core.bumpOwnSeq(); // 2.2: with every new RREQ
        remember(new Request(core.self, lastId), null);
        hops.sendControl(
                new Rreq(
                        core.self,
                        own,
                        lastId,
                        target,
                        fd.seq().next(),
                        0,
                        own,
                        0,
                        TTL,
                        true,
                        true,
                        true,
                        LIFETIME_S,
                        null),
                way);
    }

    /** An RREQ that came along a route. It is acknowledged only if it is taken up. */
    HopResult onRreq(Neighbor from, Rreq rreq, boolean repeated) {
        Request request = new Request(rreq.origin(), rreq.rreqId());
        From known = requests.get(request);
        if (repeated && known != null && known.neighbor == from) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (rreq.origin().equals(core.self) || known != null) {
            return HopResult.of(HopCode.DESCENT_VIOLATED); // 2.5 (7): a known id goes back
        }
        if (!relayed.take(core.now(), rreq.origin())) {
            return new HopResult(HopCode.FULL, null, FIRST_PAUSE_MS, 0);
        }
        if (rreq.metric() <= FeasibilityDistance.MAX_METRIC
                && !routes.advert(core.now(), rreq.origin(), from, rreq.routeSeq(), rreq.metric(), rreq.hops())) {
            return HopResult.of(HopCode.FULL); // U6: nothing derived from it may go on
        }
        if (rreq.target().equals(core.self)) {
            return answer(from, rreq, request);
        }
        RouteEntry route = core.isRelay() ? routes.get(rreq.target()) : null;
        if (!(route != null && route.nextHop() instanceof Neighbor next) || next == from || rreq.ttl() == 0) {
            return HopResult.of(HopCode.NO_ROUTE);
        }
        remember(request, from);
        hops.sendControl(
                detached(rreq)
                        .relayed(
                                distanceTo(rreq.origin(), next),
                                Math.min(WireLimits.MAX_HOPS, rreq.hops() + 1),
                                rreq.ttl() - 1,
                                true),
                next);
        return HopResult.of(HopCode.CUSTODY);
    }

    /** 2.5 (6): answered with the present Seq if that will do, else with the next one; never with a leap. */
    private HopResult answer(Neighbor from, Rreq rreq, Request request) {
        Seq own = core.ownSeq();
        if (rreq.minSeq().isNewerThan(own)) {
            boolean oneStep = rreq.minSeq().equals(own.next());
            if (!oneStep || core.now() - bumpedAtMs < BUMP_MS) {
                return new HopResult(HopCode.FULL, null, BUMP_MS, 0);
            }
            bumpedAtMs = core.now();
            own = core.bumpOwnSeq();
        }
        remember(request, from);
        hops.sendControl(
                new Rrep(
                        core.self,
                        own,
                        rreq.origin(),
                        rreq.rreqId(),
                        LIFETIME_S,
                        0,
                        own,
                        0,
                        TTL,
                        from.link.info.mtuBytes(),
                        null),
                from);
        return HopResult.of(HopCode.CUSTODY);
    }

    /** An RREP from the next hop towards its target: an advert, passed on to where the request came from. */
    HopResult onRrep(Neighbor from, Rrep rrep, boolean repeated) {
        if (repeated || rrep.target().equals(core.self)) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (rrep.metric() <= FeasibilityDistance.MAX_METRIC) {
            routes.advert(core.now(), rrep.target(), from, rrep.routeSeq(), rrep.metric(), rrep.hops());
        }
        if (rrep.origin().equals(core.self)) {
            return HopResult.of(HopCode.CUSTODY);
        }
        Neighbor back = findRequest(rrep);
        RouteEntry route = routes.get(rrep.target());
        if (back == null || back.ended || route == null || route.nextHop() == null || rrep.ttl() == 0) {
            return HopResult.of(HopCode.NO_ROUTE);
        }
        Distance mine = distanceTo(rrep.target(), back); // U3: my own current route, never the RREP's Seq
        int mtuBytes =
                Math.min(back.link.info.mtuBytes(), rrep.mtuBytes() == 0 ? LinkInfo.MAX_MTU_BYTES : rrep.mtuBytes());
        hops.sendControl(
                new Rrep(
                        rrep.target(),
                        rrep.targetSeq(),
                        rrep.origin(),
                        rrep.rreqId(),
                        rrep.lifetimeS(),
                        mine.metric(),
                        mine.seq(),
                        Math.min(WireLimits.MAX_HOPS, Math.max(0, route.hops())),
                        rrep.ttl() - 1,
                        mtuBytes,
                        rrep.signature() == null ? null : rrep.signature().detached()),
                back);
        return HopResult.of(HopCode.CUSTODY);
    }

    /** A copy that shares nothing with the frame it came in: it may be transmitted again. */
    private static Rreq detached(Rreq rreq) {
        return new Rreq(
                rreq.origin(),
                rreq.originSeq(),
                rreq.rreqId(),
                rreq.target(),
                rreq.minSeq(),
                rreq.metric(),
                rreq.routeSeq(),
                rreq.hops(),
                rreq.ttl(),
                rreq.directedOk(),
                rreq.repair(),
                rreq.unicast(),
                rreq.lifetimeS(),
                rreq.signature() == null ? null : rreq.signature().detached());
    }

    private @Nullable Neighbor findRequest(Rrep rrep) {
        From from = requests.get(new Request(rrep.origin(), rrep.rreqId()));
        return from == null ? null : from.neighbor;
    }

    /** U3, or "unreachable" if there is no current route: that is no advert. */
    private Distance distanceTo(NodeId destination, Neighbor sentTo) {
        RoutingTable.Advert advert = routes.advertise(core.now(), destination, sentTo.parameters());
        return advert == null
                ? new Distance(new Seq(0, 0), WireLimits.MAX_U32)
                : new Distance(advert.seq(), advert.metric());
    }

    private void remember(Request request, @Nullable Neighbor from) {
        if (requests.size() >= MAX_REQUESTS) {
            Iterator<Request> eldest = requests.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        requests.put(request, new From(from));
    }
}
