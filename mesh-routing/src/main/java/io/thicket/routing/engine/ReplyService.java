package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * RREPs (2.5): made by the target after RREP_WAIT, and passed back hop by hop, each hop confirmed, over the next best
 * copy of the request where one fails.
 */
final class ReplyService {
    /** 2.5 (6): the target raises its Seq by at most one step in this time. */
    static final long BUMP_MS = 100;

    private static final int TTL = 64;

    private record Answer(RouteRequest request, long dueMs) {}

    private final Core core;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final HopSender hops;
    private final RequestCache requests;
    private final Proofs proofs;
    private final Consumer<Rrep> arrived;
    private final PathMtus pathMtus;
    private final List<Answer> answers = new ArrayList<>(0);
    private long bumpedAtMs = Long.MIN_VALUE / 2;

    /**
     * {@code arrived} hears of each reply to a request of this node, after its advert was applied; without a signature if
     * that was not verified.
     */
    ReplyService(
            Core core,
            RoutingTable routes,
            GatewayTable gateways,
            HopSender hops,
            RequestCache requests,
            Proofs proofs,
            PathMtus pathMtus,
            Consumer<Rrep> arrived) {
        this.core = core;
        this.routes = routes;
        this.gateways = gateways;
        this.hops = hops;
        this.requests = requests;
        this.proofs = proofs;
        this.pathMtus = pathMtus;
        this.arrived = arrived;
    }

    /** A copy of a request for this node. A directed one has no other copies to wait for. */
    void asTarget(RouteRequest request, Interface link, boolean directed) {
        Seq reachable = core.ownSeq().next();
        if (request.answering || request.rreq.minSeq().isNewerThan(reachable)) {
            return; // 2.5 (6): never with a leap
        }
        request.answering = true;
        answerAt(
                request,
                core.now() + (directed ? 0 : link.parameters.discovery().replyWaitMs()));
    }

    private void answerAt(RouteRequest request, long dueMs) {
        if (answers.size() < RequestCache.MAX_REQUESTS) {
            answers.add(new Answer(request, dueMs));
            core.agenda.atLatest(Agenda.Part.REPLIES, dueMs);
        }
    }

    void onDeadline() {
        core.agenda.set(Agenda.Part.REPLIES, MeshRouter.NEVER);
        List<Answer> all = List.copyOf(answers);
        answers.clear();
        for (Answer each : all) {
            if (each.request.dead) {
                continue;
            }
            if (each.dueMs - core.now() > 0) {
                answerAt(each.request, each.dueMs);
            } else {
                answer(each.request);
            }
        }
    }

    /** With the present Seq if that will do, else with the next one; one step serves all who wait for it. */
    private void answer(RouteRequest request) {
        Seq minSeq = request.rreq.minSeq();
        if (minSeq.isNewerThan(core.ownSeq())) {
            if (core.now() - bumpedAtMs < BUMP_MS) {
                answerAt(request, bumpedAtMs + BUMP_MS);
                return;
            }
            bumpedAtMs = core.now();
            core.bumpOwnSeq();
        }
        settle(request.rreq.origin());
        Seq own = core.ownSeq();
        Rrep reply = proofs.sign(new Rrep(
                core.self,
                own,
                request.rreq.origin(),
                request.rreq.rreqId(),
                request.rreq.lifetimeS(),
                0,
                own,
                0,
                TTL,
                0,
                null));
        core.count(RoutingCounter.RREPS_SENT);
        new Reply(request, reply, proofs.ownIdent(), null).sendNext();
    }

    /** An RREP from the next hop towards its target: an advert, passed on to where the request came from. */
    HopResult onRrep(Neighbor from, Rrep rrep, @Nullable Ident beside, boolean repeated) {
        RouteRequest request = requests.find(rrep.origin(), rrep.rreqId());
        if (repeated || rrep.target().equals(core.self)) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (request == null || request.dead || !request.target().equals(rrep.target())) {
            return HopResult.of(HopCode.NO_ROUTE); // nobody asked
        }
        Proofs.Proof proof = proofs.check(rrep, beside);
        if (proof == Proofs.Proof.FORGED) {
            return HopResult.of(HopCode.NO_ROUTE);
        }
        boolean plausible = proofs.isPlausible(proof, from, rrep.target(), rrep.targetSeq(), rrep.routeSeq());
        if (plausible && rrep.metric() <= FeasibilityDistance.MAX_METRIC) {
            if (!routes.advert(core.now(), rrep.target(), from, rrep.routeSeq(), rrep.metric(), rrep.hops())) {
                core.count(RoutingCounter.DROPPED_TABLE_FULL);
                return HopResult.of(HopCode.FULL); // U6: nothing derived from it may go on
            }
            settle(rrep.target());
            if (gateways.get(rrep.target()) == null) {
                routes.settleFor(core.now(), rrep.target(), request.rreq.minSeq());
            }
            int mtuBytes = from.mtuBytes();
            pathMtus.told(
                    core.now(),
                    rrep.target(),
                    rrep.mtuBytes() == 0 ? mtuBytes : Math.min(mtuBytes, rrep.mtuBytes()),
                    from.parameters().routeLifeMs());
        }
        if (rrep.origin().equals(core.self)) {
            arrived.accept(proof == Proofs.Proof.PROVEN ? rrep : rrep.signed(null));
            return HopResult.of(HopCode.CUSTODY);
        }
        if (rrep.ttl() == 0) {
            return HopResult.of(HopCode.HOP_LIMIT);
        }
        if (request.replying) {
            return HopResult.of(HopCode.CUSTODY); // each reply is passed on once
        }
        // 2.5: passed on even if it did not improve this node's own route.
        Reply reply = new Reply(request, rrep.detached(), beside == null ? null : beside.detached(), from);
        return HopResult.of(reply.sendNext() ? HopCode.CUSTODY : HopCode.NO_ROUTE);
    }

    /** An answer that was waited for moves the route at once, unless another is much better. Gateways settle in peace. */
    private void settle(NodeId destination) {
        if (gateways.get(destination) == null) {
            routes.settleIfAsGood(core.now(), destination);
        }
    }

    /** One reply on its way to the best neighbour that the request came from, then to the next best, to three at most. */
    private final class Reply implements Confirmable {
        private final RouteRequest request;
        private final Rrep rrep;
        private final @Nullable Ident ident;
        private final @Nullable Neighbor from;

        Reply(RouteRequest request, Rrep rrep, @Nullable Ident ident, @Nullable Neighbor from) {
            this.request = request;
            this.rrep = rrep;
            this.ident = ident;
            this.from = from;
        }

        /** False if nobody is left. */
        boolean sendNext() {
            Neighbor hop = next();
            request.replying = hop != null;
            if (hop == null) {
                return false;
            }
            request.repliedTo.add(hop);
            if (!hops.sendControl(this, hop)) {
                request.replying = false;
            }
            return request.replying;
        }

        private @Nullable Neighbor next() {
            if (request.dead || request.repliedTo.size() >= RouteRequest.MAX_REPLIED) {
                return null;
            }
            Neighbor lastChoice = null;
            for (RouteRequest.Copy copy : request.copies) {
                Neighbor hop = copy.from;
                boolean back = from != null && from.id().equals(hop.id());
                if (back || !hop.isUsable() || request.repliedTo.contains(hop)) {
                    continue;
                }
                if (!hop.isLastChoice(core.now())) {
                    return hop;
                }
                lastChoice = lastChoice == null ? hop : lastChoice;
            }
            return lastChoice;
        }

        @Override
        public List<MeshMessage> stamp(Neighbor hop) {
            if (request.dead) {
                return List.of();
            }
            int mtuBytes =
                    Math.min(hop.link.info.mtuBytes(), rrep.mtuBytes() == 0 ? LinkInfo.MAX_MTU_BYTES : rrep.mtuBytes());
            Rrep copy = from == null ? rrep.relayed(rrep.distance(), 0, rrep.ttl(), mtuBytes) : relayed(hop, mtuBytes);
            int room = hop.mtuBytes() - FrameForm.UNICAST.overheadBytes();
            return Proofs.besideIdent(Proofs.fitted(copy, hop.link, room), ident, hop.link, room);
        }

        /** U3: with my own current route, never with the RREP's Seq. */
        private Rrep relayed(Neighbor hop, int mtuBytes) {
            RoutingTable.Advert advert = routes.advertise(core.now(), rrep.target(), hop.parameters());
            core.count(RoutingCounter.RREPS_RELAYED);
            Distance mine = advert == null
                    ? new Distance(new Seq(0, 0), WireLimits.MAX_U32)
                    : new Distance(advert.seq(), advert.metric());
            int hopsHere = advert == null ? rrep.hops() + 1 : advert.hops();
            return rrep.relayed(mine, Math.min(WireLimits.MAX_HOPS, hopsHere), rrep.ttl() - 1, mtuBytes);
        }

        @Override
        public boolean isElsewhere(Neighbor hop) {
            return next() != null;
        }

        @Override
        public void answered(Neighbor hop, HopResult result) {
            hop.correspondence().replyAnswered();
            if (result.code() != HopCode.CUSTODY) {
                sendNext();
            }
        }

        @Override
        public boolean isUrgent() {
            return true;
        }

        @Override
        public void unsent(Neighbor hop) {
            sendNext();
        }

        @Override
        public void unanswered(Neighbor hop) {
            if (request.dead) {
                return;
            }
            hop.correspondence().replyFailed(core.now());
            sendNext();
        }
    }
}
