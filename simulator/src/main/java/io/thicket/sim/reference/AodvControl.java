package io.thicket.sim.reference;

import io.thicket.routing.RouterEffects;
import io.thicket.sim.reference.AodvMessage.Rerr;
import io.thicket.sim.reference.AodvMessage.Rrep;
import io.thicket.sim.reference.AodvMessage.Rreq;
import io.thicket.sim.reference.AodvMessage.Unreachable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** RFC 3561 s6.5, s6.6, s6.7 and s6.11: what a node does with a RREQ, RREP or RERR of a neighbour. */
final class AodvControl {
    private static final int MAX_HOPS = 255;

    private final AodvCore core;
    private final SeenCache seen;

    AodvControl(AodvCore core, SeenCache seen) {
        this.core = core;
        this.seen = seen;
    }

    void onRreq(long nowMs, int previousHop, int timeToLive, Rreq rreq, RouterEffects effects) {
        if (core.isBlacklisted(nowMs, previousHop)) {
            return;
        }
        AodvParameters parameters = core.parameters;
        core.table.neighborHeard(nowMs, previousHop, rreq.originatorSeq(), nowMs + parameters.activeRouteTimeoutMs());
        if (rreq.originator() == core.self
                || rreq.hopCount() >= MAX_HOPS
                || !seen.isNew(nowMs, rreq.originator(), rreq.id())) {
            return;
        }
        int hops = rreq.hopCount() + 1;
        long minimalLifetimeMs = 2 * parameters.netTraversalTimeMs() - 2L * hops * parameters.nodeTraversalTimeMs();
        core.table.offerReverse(
                nowMs, rreq.originator(), rreq.originatorSeq(), hops, previousHop, nowMs + minimalLifetimeMs);
        if (rreq.destination() == core.self) {
            replyAsDestination(nowMs, rreq, effects);
            return;
        }
        if (parameters.reading() == AodvReading.NS3_GUARDED && isNextHop(nowMs, rreq.destination(), previousHop)) {
            return; // It would be a loop; ns-3 has others.
        }
        AodvRoute route = core.table.findValid(nowMs, rreq.destination());
        if (route != null && mayReply(route, rreq)) {
            replyFromTable(nowMs, route, rreq, effects);
        } else if (timeToLive > 1) {
            relay(nowMs, timeToLive - 1, hops, rreq);
        }
    }

    private boolean isNextHop(long nowMs, int destination, int neighbor) {
        AodvRoute known = core.table.find(nowMs, destination);
        return known != null && known.nextHop == neighbor;
    }

    /** s6.6 (ii). */
    private static boolean mayReply(AodvRoute route, Rreq rreq) {
        return !rreq.destinationOnly()
                && route.seqKnown
                && (rreq.unknownSeq() || !AodvSeq.isNewer(rreq.destinationSeq(), route.seq));
    }

    /** s6.6.1, with the number of s6.1: never below what somebody believes it to be. */
    private void replyAsDestination(long nowMs, Rreq rreq, RouterEffects effects) {
        AodvRoute reverse = core.table.findValid(nowMs, rreq.originator());
        if (reverse == null || core.isSilent(nowMs)) {
            return;
        }
        if (!rreq.unknownSeq() && rreq.destinationSeq() != AodvMessage.UNKNOWN_SEQ) {
            core.ownSeq = AodvSeq.max(core.ownSeq, rreq.destinationSeq());
        }
        long lifetimeMs = core.parameters.myRouteTimeoutMs();
        core.unicast(reverse.nextHop, new Rrep(0, core.self, core.ownSeq, rreq.originator(), lifetimeMs), effects);
    }

    /** s6.6.2 and s6.6.3. */
    private void replyFromTable(long nowMs, AodvRoute route, Rreq rreq, RouterEffects effects) {
        AodvRoute reverse = core.table.findValid(nowMs, rreq.originator());
        if (reverse == null || core.isSilent(nowMs)) {
            return;
        }
        route.addPrecursor(reverse.nextHop);
        reverse.addPrecursor(route.nextHop);
        long lifetimeMs = route.expiresMs - nowMs;
        core.unicast(
                reverse.nextHop,
                new Rrep(route.hops, route.destination, route.seq, rreq.originator(), lifetimeMs),
                effects);
        if (rreq.gratuitous()) {
            long reverseLifetimeMs = reverse.expiresMs - nowMs;
            core.unicast(
                    route.nextHop,
                    new Rrep(reverse.hops, reverse.destination, reverse.seq, route.destination, reverseLifetimeMs),
                    effects);
        }
    }

    /** s6.5: with the freshest number known on the way; the own entry is not touched by what the RREQ asks for. */
    private void relay(long nowMs, int timeToLive, int hops, Rreq rreq) {
        if (core.isSilent(nowMs)) {
            return;
        }
        AodvRoute known = core.table.find(nowMs, rreq.destination());
        boolean unknown = rreq.unknownSeq();
        int seq = rreq.destinationSeq();
        if (known != null && known.seqKnown) {
            seq = unknown ? known.seq : AodvSeq.max(seq, known.seq);
            unknown = false;
        }
        Rreq relayed = new Rreq(
                rreq.gratuitous(),
                rreq.destinationOnly(),
                unknown,
                hops,
                rreq.id(),
                rreq.destination(),
                seq,
                rreq.originator(),
                rreq.originatorSeq());
        core.broadcastLater(nowMs, timeToLive, relayed);
    }

    void onRrep(long nowMs, int previousHop, Rrep rrep, RouterEffects effects) {
        AodvParameters parameters = core.parameters;
        core.table.neighborHeard(
                nowMs, previousHop, AodvMessage.UNKNOWN_SEQ, nowMs + parameters.activeRouteTimeoutMs());
        if (rrep.destination() == core.self || rrep.hopCount() >= MAX_HOPS) {
            return; // Nobody tells a node where it is itself.
        }
        int hops = rrep.hopCount() + 1;
        boolean updated = core.table.offer(
                nowMs, rrep.destination(), rrep.destinationSeq(), hops, previousHop, nowMs + rrep.lifetimeMs());
        if (rrep.originator() == core.self || core.isSilent(nowMs)) {
            return;
        }
        boolean ns3 = parameters.reading() != AodvReading.RESOLVED;
        if (!updated && !ns3 && !parameters.relayEveryRrep()) {
            return; // s6.7: relayed only by whom it gave a route.
        }
        AodvRoute route = core.table.findValid(nowMs, rrep.destination());
        AodvRoute reverse = core.table.findValid(nowMs, rrep.originator());
        if (route == null || reverse == null) {
            return;
        }
        route.addPrecursor(reverse.nextHop);
        AodvRoute towards = core.table.findValid(nowMs, route.nextHop);
        if (towards != null) {
            towards.addPrecursor(reverse.nextHop);
        }
        core.table.extend(nowMs, rrep.originator(), nowMs + parameters.activeRouteTimeoutMs());
        // What did not improve the table is relayed as the table has it: a node vouches for its own route only.
        Rrep relayed = updated || ns3
                ? new Rrep(hops, rrep.destination(), rrep.destinationSeq(), rrep.originator(), rrep.lifetimeMs())
                : new Rrep(route.hops, route.destination, route.seq, rrep.originator(), route.expiresMs - nowMs);
        core.unicast(reverse.nextHop, relayed, effects);
    }

    void onRerr(long nowMs, int previousHop, Rerr rerr, RouterEffects effects) {
        List<AodvRoute> broken = new ArrayList<>();
        for (Unreachable unreachable : rerr.destinations()) {
            AodvRoute route =
                    core.table.reportedBroken(nowMs, unreachable.destination(), unreachable.seq(), previousHop);
            if (route != null) {
                broken.add(route);
            }
        }
        if (!core.isSilent(nowMs)) {
            core.report(nowMs, broken, Set.of(), effects);
        }
    }

    /**
     * s6.11 (ii): data came for a destination that there is no route to. Its precursors are told, and the neighbour who
     * sent it, who is one even if this node has forgotten it.
     */
    void noRouteFor(long nowMs, int destination, int previousHop, RouterEffects effects) {
        AodvRoute route = core.table.find(nowMs, destination);
        Set<Integer> recipients = new LinkedHashSet<>();
        recipients.add(previousHop);
        int seq = AodvMessage.UNKNOWN_SEQ;
        if (route != null) {
            recipients.addAll(route.precursors());
            seq = route.seqKnown ? route.seq : AodvMessage.UNKNOWN_SEQ;
        }
        core.sendRerr(nowMs, List.of(new Unreachable(destination, seq)), recipients, effects);
    }
}
