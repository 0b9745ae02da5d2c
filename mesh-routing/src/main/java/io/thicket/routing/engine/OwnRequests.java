package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.util.List;
import java.util.function.Predicate;

/** Makes this node's RREQs: a new id and a new own Seq for each (2.2), signed, flooded or along one neighbour's way. */
final class OwnRequests {
    private static final int DIRECTED_TTL = 64;

    /** A flooded request's neighbourhood was shown this node's key no longer ago than this: the IDENT stays away. */
    private static final long SHOWN_MS = 30_000;

    private final Core core;
    private final RoutingTable routes;
    private final RequestCache requests;
    private final FloodRelay floods;
    private final HopSender hops;
    private final Proofs proofs;
    private final ControlBudget budget;
    private long lastId;
    private int shownTtl;
    private long shownAtMs = Long.MIN_VALUE / 2;

    /** {@code lastId} is below the id of the first one. It is random: an id of a former boot must not be known still. */
    OwnRequests(
            Core core,
            RoutingTable routes,
            RequestCache requests,
            FloodRelay floods,
            HopSender hops,
            Proofs proofs,
            ControlBudget budget,
            long lastId) {
        this.core = core;
        this.routes = routes;
        this.requests = requests;
        this.floods = floods;
        this.hops = hops;
        this.proofs = proofs;
        this.budget = budget;
        this.lastId = lastId;
    }

    /** Takes a token for one request; {@code link} is the one that sets the pace. */
    boolean mayMake(Interface link) {
        return budget.mayOriginate(link);
    }

    /** When there will be a token, and airtime, after {@link #mayMake} found none. */
    long mayMakeAtMs(Interface link) {
        long airtimeAtMs = core.now() + link.duty.waitMs(core.now(), DutyBudget.Use.FLOOD);
        return Math.max(budget.mayOriginateAtMs(link), airtimeAtMs);
    }

    /** Floods a request that reaches {@code ring} hops. */
    void flood(NodeId target, Seq minSeq, int ring, boolean directedOk, boolean repair) {
        RouteRequest request = make(target, minSeq, ring - 1, directedOk, repair, false);
        if (floods.originate(request) && request.ident != null) {
            shown(ring - 1);
        }
    }

    /**
     * Sends a request along {@code way}; {@code refused} runs if that does not take it up, or is slow while {@code elsewhere} says that there
     * is another one.
     */
    void direct(NodeId target, Seq minSeq, Neighbor way, Predicate<Neighbor> elsewhere, Runnable refused) {
        RouteRequest request = make(target, minSeq, DIRECTED_TTL, true, true, true);
        request.directed = true;
        boolean sent = hops.sendControl(
                new Confirmable() {
                    @Override
                    public List<MeshMessage> stamp(Neighbor hop) {
                        core.count(RoutingCounter.RREQS_DIRECTED);
                        int room = hop.mtuBytes() - FrameForm.UNICAST.overheadBytes();
                        return Proofs.besideIdent(
                                Proofs.fitted(request.rreq, hop.link, room), request.ident, hop.link, room);
                    }

                    @Override
                    public boolean isElsewhere(Neighbor hop) {
                        return elsewhere.test(hop);
                    }

                    @Override
                    public void answered(Neighbor hop, HopResult result) {
                        if (result.code() == HopCode.NO_ROUTE) {
                            routes.withdrawn(core.now(), target, hop, Reason.REFUSED);
                        }
                        if (result.code() != HopCode.CUSTODY) {
                            refused.run();
                        }
                    }

                    @Override
                    public void unanswered(Neighbor hop) {
                        refused.run();
                    }
                },
                way);
        if (!sent) {
            refused.run();
        }
    }

    private RouteRequest make(NodeId target, Seq minSeq, int ttl, boolean directedOk, boolean repair, boolean unicast) {
        lastId = lastId + 1 & WireLimits.MAX_U32;
        Seq own = core.bumpOwnSeq();
        int lifetimeS = 0xffff;
        for (RoutingParameters parameters : core.parameters.values()) {
            lifetimeS = (int) Math.min(lifetimeS, parameters.routeLifeMs() / 1_000);
        }
        Rreq rreq = proofs.sign(new Rreq(
                core.self, own, lastId, target, minSeq, 0, own, 0, ttl, directedOk, repair, unicast, lifetimeS, null));
        RouteRequest request = requests.add(rreq, core.now());
        request.proof = Proofs.Proof.PROVEN;
        request.ident = unicast || mustShow(ttl) ? proofs.ownIdent() : null;
        return request;
    }

    /** An IDENT makes a request half as long again. Who lacks it treats the request as unproven, until it comes again. */
    private boolean mustShow(int ttl) {
        return isForgotten() || ttl > shownTtl;
    }

    /** A request with the IDENT beside it left on every link that carries IDENTs. */
    private void shown(int ttl) {
        boolean anew = isForgotten();
        shownTtl = anew ? ttl : Math.max(ttl, shownTtl);
        shownAtMs = anew ? core.now() : shownAtMs;
    }

    private boolean isForgotten() {
        return core.now() - shownAtMs >= SHOWN_MS;
    }
}
