package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RREQs of others (2.5, RREQ relay, steps 1 to 8): what comes in is checked, remembered, answered, or sent on. */
final class RequestService {
    /** Copies that wait for their neighbour to prove that it hears this node. */
    static final int MAX_PARKED = 32;

    private static final long FULL_RETRY_MS = 1_000;

    private record Parked(
            Neighbor from, Rreq rreq, @Nullable Ident beside, long atMs) {}

    private final Core core;
    private final RoutingTable routes;
    private final NeighborTable neighbors;
    private final HopSender hops;
    private final RequestCache requests;
    private final FloodRelay floods;
    private final ReplyService replies;
    private final Proofs proofs;
    private final ControlBudget budget;
    /** The oldest first; made with the first one. */
    private List<Parked> parked = Collections.emptyList();

    RequestService(
            Core core,
            RoutingTable routes,
            NeighborTable neighbors,
            HopSender hops,
            RequestCache requests,
            FloodRelay floods,
            ReplyService replies,
            Proofs proofs,
            ControlBudget budget) {
        this.core = core;
        this.routes = routes;
        this.neighbors = neighbors;
        this.hops = hops;
        this.requests = requests;
        this.floods = floods;
        this.replies = replies;
        this.proofs = proofs;
        this.budget = budget;
    }

    /**
     * A copy from {@code from}: flooded, or ({@code confirmable}) along a route; then the result says whether it was taken
     * up (7).
     */
    HopResult onRreq(Neighbor from, Rreq rreq, @Nullable Ident beside, boolean confirmable, boolean repeated) {
        RouteRequest known = requests.find(rreq);
        if (rreq.origin().equals(core.self)) { // (2)
            if (known != null && known.rreq.isCopyOf(rreq)) {
                known.heard(from, rreq);
            }
            return HopResult.of(HopCode.DESCENT_VIOLATED);
        }
        if (repeated && known != null && known.copyFrom(from) != null) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (!from.isUsable()) { // (1)
            neighbors.probeAgain(from);
            if (!confirmable) {
                park(new Parked(from, rreq.detached(), beside == null ? null : beside.detached(), core.now()));
            }
            return HopResult.of(HopCode.DESCENT_VIOLATED);
        }
        if (known != null && (known.dead || !known.rreq.isCopyOf(rreq))) {
            return HopResult.of(HopCode.DESCENT_VIOLATED);
        }
        return known == null ? first(from, rreq, beside, confirmable) : another(from, rreq, known, confirmable);
    }

    private HopResult first(Neighbor from, Rreq rreq, @Nullable Ident beside, boolean confirmable) {
        if (!budget.mayBring(from, 1)) { // (3)
            return new HopResult(HopCode.FULL, null, FULL_RETRY_MS, 0);
        }
        Proofs.Proof proof = proofs.check(rreq, beside);
        boolean proven = proof == Proofs.Proof.PROVEN;
        if (proof == Proofs.Proof.FORGED) {
            return HopResult.of(HopCode.DESCENT_VIOLATED);
        }
        if (!proven && !budget.mayBringUnproven(from)) {
            return new HopResult(HopCode.FULL, null, FULL_RETRY_MS, 0);
        }
        RouteRequest request = requests.add(rreq, core.now());
        request.proof = proof;
        if (!budget.mayServe(from, rreq.origin(), proven)) {
            request.dead = true; // its other copies cost nothing any more
            return new HopResult(HopCode.FULL, null, FULL_RETRY_MS, 0);
        }
        request.ident = beside == null ? null : beside.detached();
        if (!learn(from, rreq, request)) {
            return HopResult.of(HopCode.FULL);
        }
        if (request.target().equals(core.self)) {
            replies.asTarget(request, from.link, rreq.unicast());
            return HopResult.of(HopCode.CUSTODY);
        }
        if (!core.isRelay()) {
            return HopResult.of(HopCode.NO_ROUTE);
        }
        if (rreq.ttl() == 0) {
            return HopResult.of(HopCode.HOP_LIMIT);
        }
        if (rreq.directedOk() && directed(from, request, confirmable)) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (!confirmable) {
            floods.offer(request);
        }
        RouteEntry route = routes.get(request.target());
        boolean leadsBack = route != null && route.nextHop() != null;
        return HopResult.of(leadsBack ? HopCode.DESCENT_VIOLATED : HopCode.NO_ROUTE); // (7): the hop before floods it
    }

    private HopResult another(Neighbor from, Rreq rreq, RouteRequest known, boolean confirmable) {
        if (!learn(from, rreq, known)) {
            return HopResult.of(HopCode.FULL);
        }
        if (known.target().equals(core.self)) {
            return HopResult.of(HopCode.CUSTODY); // the answer goes over the best copy
        }
        if (!confirmable) {
            floods.offer(known); // (5); and what was only sent directed still gets its flooded copy (7)
        }
        return HopResult.of(HopCode.DESCENT_VIOLATED);
    }

    /** (4): an advert for the originator, and a hop back to it. False if nothing derived from it may go on (U6). */
    private boolean learn(Neighbor from, Rreq rreq, RouteRequest request) {
        boolean plausible = proofs.isPlausible(request.proof, from, rreq.origin(), rreq.originSeq(), rreq.routeSeq());
        if (plausible
                && rreq.metric() <= FeasibilityDistance.MAX_METRIC
                && !routes.advert(core.now(), rreq.origin(), from, rreq.routeSeq(), rreq.metric(), rreq.hops())) {
            core.count(RoutingCounter.DROPPED_TABLE_FULL);
            request.dead = true;
            return false;
        }
        request.heard(from, rreq);
        return true;
    }

    /**
     * (7): along a route of any Seq that does not lead back. A flooded one only along a route in use: everybody who ever knew the
     * target would send it on, over neighbours that may be gone.
     */
    private boolean directed(Neighbor from, RouteRequest request, boolean confirmable) {
        RouteEntry route = routes.get(request.target());
        if (route == null
                || !(route.nextHop() instanceof Neighbor next)
                || next.id().equals(from.id())
                || next.id().equals(request.rreq.origin())
                || !confirmable && !(route.isInUse(core.now()) && next.isFresh(core.now()))) {
            return false;
        }
        request.directed = true;
        return hops.sendControl(new DirectedRequest(request), next);
    }

    private void park(Parked copy) {
        if (parked.isEmpty()) {
            parked = new ArrayList<>();
        } else if (parked.size() >= MAX_PARKED) {
            parked.remove(0);
        }
        parked.add(copy);
    }

    /** (1): the neighbour hears this node, too: its parked copies count, if they are not too old (D). */
    void linkUsable(Neighbor neighbor) {
        Iterator<Parked> all = parked.iterator();
        List<Parked> usable = new ArrayList<>(0);
        while (all.hasNext()) {
            Parked copy = all.next();
            long ageMs = core.now() - copy.atMs;
            if (copy.from.hasEnded() || ageMs > copy.from.parameters().messageLifeMs() / 4) {
                all.remove();
            } else if (copy.from == neighbor) {
                all.remove();
                usable.add(copy);
            }
        }
        for (Parked copy : usable) {
            onRreq(copy.from, copy.rreq, copy.beside, false, false);
        }
    }

    void clear() {
        parked.clear();
    }

    /** A request that goes along a route. If the next hop does not take it up, this node floods it (7). */
    private final class DirectedRequest implements Confirmable {
        private final RouteRequest request;

        DirectedRequest(RouteRequest request) {
            this.request = request;
        }

        @Override
        public List<MeshMessage> stamp(Neighbor hop) {
            if (request.dead) {
                return List.of();
            }
            RoutingTable.Advert advert = routes.advertise(core.now(), request.rreq.origin(), hop.parameters()); // U3
            Distance mine = advert == null
                    ? new Distance(new Seq(0, 0), WireLimits.MAX_U32)
                    : new Distance(advert.seq(), advert.metric());
            core.count(RoutingCounter.RREQS_DIRECTED);
            Rreq copy = request.rreq.relayed(mine, request.hopsHere(), Math.max(0, request.ttl - 1), true);
            int room = hop.mtuBytes() - FrameForm.UNICAST.overheadBytes();
            return Proofs.besideIdent(Proofs.fitted(copy, hop.link, room), request.ident, hop.link, room);
        }

        @Override
        public boolean isElsewhere(Neighbor hop) {
            return false;
        }

        @Override
        public void answered(Neighbor hop, HopResult result) {
            if (result.code() == HopCode.NO_ROUTE) {
                routes.withdrawn(core.now(), request.target(), hop, Reason.REFUSED);
            }
            if (result.code() != HopCode.CUSTODY) {
                floodInstead(hop);
            }
        }

        @Override
        public void unanswered(Neighbor hop) {
            floodInstead(hop);
        }

        /** Not on a congested link: there it is the load that refused, and a flood would add to it. Its originator asks again. */
        private void floodInstead(Neighbor hop) {
            if (!hop.link.isCongested(core.now())) {
                floods.offer(request);
            }
        }
    }
}
