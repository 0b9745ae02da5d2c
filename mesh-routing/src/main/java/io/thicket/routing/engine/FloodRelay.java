package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends flooded requests on (2.5, step 8): after a jitter that lets relays with good links and many uncovered neighbours
 * go first, and not at all if what was overheard meanwhile reaches everybody that this node would reach.
 */
final class FloodRelay {
    /** Copies waiting for their jitter at once. */
    static final int MAX_PENDING = 256;

    /** Nobody waits in line for longer than so many times the jitter. */
    static final int MAX_RANK_JITTERS = 3;

    /** 2.5 (5): a second copy goes out only for a distance at least a quarter better. */
    private static final int BETTER_NUMERATOR = 3;

    private static final int BETTER_DENOMINATOR = 4;

    /** {@code round} is the number of copies on this link that there are with this one. */
    private record Pending(RouteRequest request, Interface link, long dueMs, int round) {}

    private final Core core;
    private final FrameSender frames;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final Coverage coverage;
    private final ControlBudget budget;

    /** The router's links, as they come and go. */
    private final Collection<Interface> links;

    /** Made with the first one. */
    private List<Pending> pending = Collections.emptyList();

    FloodRelay(
            Core core,
            FrameSender frames,
            RoutingTable routes,
            GatewayTable gateways,
            Coverage coverage,
            ControlBudget budget,
            Collection<Interface> links) {
        this.core = core;
        this.frames = frames;
        this.routes = routes;
        this.gateways = gateways;
        this.coverage = coverage;
        this.budget = budget;
        this.links = links;
    }

    /** Sends an own request on every link. Whether it left on all of those that carry IDENTs. */
    boolean originate(RouteRequest request) {
        boolean everywhere = true;
        for (Interface link : links) {
            if (link.info.up()) {
                boolean sent = transmit(request.rreq, request.ident, link, RoutingCounter.RREQS_SENT);
                everywhere &= sent || link.isUnsigned();
            }
        }
        return everywhere;
    }

    /**
     * A flooded copy of {@code request} came, or its directed one failed: it goes on unless it did already. A request
     * that waits is only improved, since what goes out is made when it goes out.
     */
    void offer(RouteRequest request) {
        if (!core.isRelay() || request.dead || request.ttl == 0 || isPending(request)) {
            return;
        }
        boolean again = request.sends > 0;
        if (request.sends >= RouteRequest.MAX_SENDS || again && !isMuchBetter(request)) {
            return;
        }
        if (request.settled && !again) {
            return; // its audience was covered when it was due
        }
        for (Interface link : links) {
            if (link.info.up() && pending.size() < MAX_PENDING) {
                long dueMs = core.now() + delayMs(request, link);
                await(new Pending(request, link, dueMs, request.sends + 1));
                core.agenda.atLatest(Agenda.Part.FLOODS, dueMs);
            }
        }
    }

    private void await(Pending copy) {
        pending = pending.isEmpty() ? new ArrayList<>() : pending;
        pending.add(copy);
    }

    private static boolean isMuchBetter(RouteRequest request) {
        return request.bestDistance() <= request.sentDistance / BETTER_DENOMINATOR * BETTER_NUMERATOR;
    }

    /**
     * RFC 5148 jitter in half of the range, then a place in line: those who reach more new nodes go first, since their
     * copies spare the others theirs. In a line of nodes nobody waits for anybody.
     */
    private long delayMs(RouteRequest request, Interface link) {
        long jitterMs = link.parameters.discovery().floodJitterMs();
        long rankMs = Math.min(MAX_RANK_JITTERS * jitterMs, jitterMs / 2 * coverage.rank(request, link));
        Neighbor from = request.copies.isEmpty() ? null : request.copies.get(0).from;
        long slopeMs = 0;
        if (from != null) {
            long base = from.link.probeAirtime();
            slopeMs = Math.min(jitterMs, jitterMs / 4 * Math.max(0, from.cost() - base) / base);
        }
        return core.random.nextLong(Math.max(1, jitterMs / 2)) + rankMs + slopeMs;
    }

    void onDeadline() {
        List<Pending> due = new ArrayList<>();
        core.agenda.set(Agenda.Part.FLOODS, MeshRouter.NEVER);
        Iterator<Pending> all = pending.iterator();
        while (all.hasNext()) {
            Pending each = all.next();
            if (each.dueMs - core.now() <= 0) {
                all.remove();
                due.add(each);
            } else {
                core.agenda.atLatest(Agenda.Part.FLOODS, each.dueMs);
            }
        }
        for (Pending each : due) {
            if (!each.request.dead && each.link.info.up() && !waitsForAirtime(each)) {
                decide(each);
            }
        }
    }

    /** A copy that has no airtime is made when there is some, if that is soon enough for the search. */
    private boolean waitsForAirtime(Pending each) {
        long waitMs = each.link.duty.waitMs(core.now(), DutyBudget.Use.FLOOD);
        if (waitMs == 0 || waitMs > each.link.parameters.messageLifeMs() || pending.size() >= MAX_PENDING) {
            return false;
        }
        core.count(RoutingCounter.AIRTIME_WAITS);
        long dueMs = core.now() + waitMs;
        await(new Pending(each.request, each.link, dueMs, each.round));
        core.agenda.atLatest(Agenda.Part.FLOODS, dueMs);
        return true;
    }

    private void decide(Pending each) {
        RouteRequest request = each.request;
        Interface link = each.link;
        List<Neighbor> audience = coverage.audience(request, link);
        boolean covered = coverage.uncovered(request, link, audience) == 0;
        boolean enough = coverage.relaysHeard(request, link)
                        >= link.parameters.discovery().copiesThatSuffice()
                && !coverage.isCutCandidate(link);
        request.settled = true;
        if (covered || enough) {
            core.count(RoutingCounter.RREQS_CANCELLED);
            return;
        }
        if (gateways.get(request.rreq.origin()) == null) {
            routes.settleIfAsGood(core.now(), request.rreq.origin());
        }
        Distance mine = distanceTo(request, link);
        Rreq copy = request.rreq.relayed(mine, request.hopsHere(), request.ttl - 1, false);
        if (transmit(copy, request.ident, link, RoutingCounter.RREQS_RELAYED)) {
            request.sends = Math.max(request.sends, each.round);
            request.sentDistance = request.bestDistance();
        }
    }

    /** Beside the request goes its originator's IDENT if there is room, so that it can be verified. */
    private boolean transmit(Rreq rreq, @Nullable Ident ident, Interface link, RoutingCounter counter) {
        int room = link.info.mtuBytes() - FrameForm.BROADCAST_INTRODUCED.overheadBytes();
        List<MeshMessage> messages = Proofs.besideIdent(Proofs.fitted(rreq, link, room), ident, link, room);
        int bytes = link.info.mtuBytes() - room;
        for (MeshMessage message : messages) {
            bytes += FrameCodec.encodedBytes(message);
        }
        if (!budget.spend(link, bytes, true)) {
            return false;
        }
        core.count(counter);
        frames.broadcast(link, messages);
        return true;
    }

    /** U3, or "unreachable" if there is no current route: that is no advert. */
    private Distance distanceTo(RouteRequest request, Interface link) {
        RoutingTable.Advert advert = routes.advertise(core.now(), request.rreq.origin(), link.parameters);
        return advert == null
                ? new Distance(new Seq(0, 0), WireLimits.MAX_U32)
                : new Distance(advert.seq(), advert.metric());
    }

    private boolean isPending(RouteRequest request) {
        for (Pending each : pending) {
            if (each.request == request) {
                return true;
            }
        }
        return false;
    }
}
