package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.TraceReport;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Trace;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TRACE (2.2): each hop writes down why it forwards as it does; the target, or whoever can get no further, sends the list
 * back along its own route to the originator. A relay that hears no answer in its share of the time sends back what it
 * knows; the farther away, the smaller the share, so that the answer names the place where it ended.
 */
final class Tracer {
    /** Traces remembered at one time. */
    static final int MAX_PENDING = 64;

    /** The originator waits for so long. */
    static final long WAIT_MS = 5_000;

    private static final long HOP_SHARE_MS = 120;
    private static final long LEAST_SHARE_MS = 800;

    /** Own traces and those of each neighbour: a ping a second, and some more. */
    private static final double PER_S = 2;

    private static final int BURST = 10;
    private static final int TTL = 64;

    /** In the order of their numbers on the wire. New ones come last. */
    private static final List<Reason> REASONS = List.of(Reason.values());

    private record Key(NodeId origin, long id) {}

    private static final class Pending {
        final NodeId target;

        /** Null for this node's own. */
        final @Nullable Neighbor from;

        final Trace sent;
        final long startedAtMs;
        final long untilMs;
        boolean answered;

        Pending(NodeId target, @Nullable Neighbor from, Trace sent, long startedAtMs, long untilMs) {
            this.target = target;
            this.from = from;
            this.sent = sent;
            this.startedAtMs = startedAtMs;
            this.untilMs = untilMs;
        }
    }

    private final Core core;
    private final RoutingTable routes;
    private final Forwarder forwarder;
    private final CustodyQueue queue;
    /** The oldest first; made with the first one. */
    private Map<Key, Pending> pending = Collections.emptyMap();

    private @Nullable TokenBuckets<NodeId> buckets;
    private long lastId;

    Tracer(Core core, RoutingTable routes, Forwarder forwarder, CustodyQueue queue) {
        this.core = core;
        this.routes = routes;
        this.forwarder = forwarder;
        this.queue = queue;
        // An answer to a trace of a former boot must not be taken for one to this boot's.
        this.lastId = core.random.nextLong(WireLimits.MAX_U32);
    }

    /** See {@link MeshRouter#trace}. */
    long begin(NodeId target) {
        if (!mayTrace(core.self)) {
            return MeshRouter.Refusal.FULL;
        }
        lastId = lastId % WireLimits.MAX_U32 + 1;
        Trace start = new Trace(core.self, target, lastId, TTL, false, List.of());
        if (target.equals(core.self)) {
            report(lastId, target, TraceReport.End.REACHED, 0, List.of(entry(target, target)), List.of());
            return lastId;
        }
        Neighbor next = forwarder.nextHop(target);
        if (next == null) {
            return MeshRouter.Refusal.NO_ROUTE;
        }
        Trace sent = withEntry(start, target, next);
        remember(new Key(core.self, lastId), new Pending(target, null, sent, core.now(), core.now() + WAIT_MS));
        forwarder.hops().sendControl(sent, next);
        return lastId;
    }

    private boolean mayTrace(NodeId asking) {
        buckets = TokenBuckets.of(buckets, PER_S, BURST);
        return buckets.take(core.now(), asking);
    }

    /** A TRACE from a live session. It is acknowledged if it is taken up, or was before. */
    HopResult onTrace(Neighbor from, Trace trace, boolean repeated) {
        Pending known = pending.get(new Key(trace.origin(), trace.traceId()));
        boolean own = trace.origin().equals(core.self); // it came back, or somebody uses this node's name
        if (repeated || !trace.answer() && (own || known != null)) {
            return HopResult.of(HopCode.CUSTODY);
        }
        if (!mayTrace(from.id())) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
            return HopResult.of(HopCode.FULL);
        }
        if (trace.answer()) {
            onAnswer(from, trace, known);
        } else {
            onRequest(from, trace);
        }
        return HopResult.of(HopCode.CUSTODY);
    }

    private void onRequest(Neighbor from, Trace trace) {
        Key key = new Key(trace.origin(), trace.traceId());
        Neighbor next = trace.target().equals(core.self) || !core.isRelay() ? null : forwarder.nextHop(trace.target());
        if (next == null || next == from || trace.ttl() <= 1) {
            Trace here = withEntry(trace, trace.target(), from);
            Pending end = new Pending(trace.target(), from, here, core.now(), core.now() + WAIT_MS);
            end.answered = true;
            remember(key, end);
            sendBack(here, from);
            return;
        }
        Trace onward = withEntry(trace, trace.target(), next);
        long shareMs = Math.max(LEAST_SHARE_MS, WAIT_MS - HOP_SHARE_MS * (TTL - onward.ttl()) - LEAST_SHARE_MS);
        remember(key, new Pending(trace.target(), from, onward, core.now(), core.now() + shareMs));
        forwarder.hops().sendControl(onward, next);
    }

    private void onAnswer(Neighbor from, Trace trace, @Nullable Pending known) {
        if (trace.origin().equals(core.self)) {
            if (known != null && !known.answered && known.target.equals(trace.target())) {
                known.answered = true;
                finish(trace, known);
            }
            return;
        }
        if (known != null && known.answered || !core.isRelay()) {
            return; // whatever goes round ends here
        }
        Pending passed = known;
        if (passed == null) {
            passed = new Pending(trace.target(), null, trace, core.now(), core.now() + WAIT_MS);
            remember(new Key(trace.origin(), trace.traceId()), passed);
        }
        passed.answered = true;
        sendBack(withEntry(trace, trace.origin(), from), passed.from);
    }

    /** Along the route to the originator, else where the request came from. */
    private void sendBack(Trace trace, @Nullable Neighbor from) {
        Neighbor next = forwarder.nextHop(trace.origin());
        Neighbor hop = next != null ? next : from;
        if (hop != null && !hop.hasEnded()) {
            Trace answer = new Trace(trace.origin(), trace.target(), trace.traceId(), trace.ttl(), true, trace.hops());
            forwarder.hops().sendControl(fitted(answer, hop), hop);
        }
    }

    private void plan() {
        long nextMs = MeshRouter.NEVER;
        for (Pending each : pending.values()) {
            nextMs = Math.min(nextMs, each.untilMs);
        }
        core.agenda.set(Agenda.Part.TRACES, nextMs);
    }

    void onDeadline() {
        List<Pending> due = new ArrayList<>();
        Iterator<Pending> all = pending.values().iterator();
        while (all.hasNext()) {
            Pending each = all.next();
            if (each.untilMs - core.now() <= 0) {
                all.remove();
                due.add(each);
            }
        }
        plan();
        due.forEach(this::end);
    }

    /** Its time is over, or its place is needed: whoever waits hears what is known here. */
    private void end(Pending trace) {
        if (trace.answered) {
            return;
        }
        if (trace.from != null) {
            sendBack(trace.sent, trace.from);
        } else {
            List<TraceReport.Hop> forth = readable(trace.sent.hops());
            report(trace.sent.traceId(), trace.target, TraceReport.End.NO_ANSWER, -1, forth, List.of());
        }
    }

    private void finish(Trace trace, Pending own) {
        List<TraceReport.Hop> hops = readable(trace.hops());
        // The ttl stands still on the way back, so it tells how many entries belong to the way there.
        int count = Math.max(0, Math.min(hops.size(), TTL - trace.ttl())); // a liar's ttl is above the first one
        List<TraceReport.Hop> forth = hops.subList(0, count);
        TraceReport.Hop last = count == 0 ? null : forth.get(count - 1);
        TraceReport.End end = last != null && last.id().equals(own.target)
                ? TraceReport.End.REACHED
                : last != null && last.metric() < 0 ? TraceReport.End.NO_ROUTE : TraceReport.End.NO_ANSWER;
        report(trace.traceId(), own.target, end, core.now() - own.startedAtMs, forth, hops.subList(count, hops.size()));
    }

    private void report(
            long id,
            NodeId target,
            TraceReport.End end,
            long rttMs,
            List<TraceReport.Hop> forth,
            List<TraceReport.Hop> back) {
        core.out().traced(new TraceReport(id, target, end, rttMs, forth, back));
    }

    /** One hop further and with what this node writes down; if the list or the frame is full, without that. */
    private Trace withEntry(Trace trace, NodeId towards, Neighbor via) {
        boolean end = !trace.answer() && trace.target().equals(core.self);
        List<Trace.Hop> hops = new ArrayList<>(trace.hops());
        if (end && hops.size() == WireLimits.MAX_PATH) {
            hops.remove(hops.size() - 1); // the target is always named
        }
        int ttl = trace.answer() ? trace.ttl() : Math.max(0, trace.ttl() - 1);
        if (hops.size() == WireLimits.MAX_PATH) {
            return new Trace(trace.origin(), trace.target(), trace.traceId(), ttl, trace.answer(), hops);
        }
        TraceReport.Hop own = entry(end ? core.self : towards, trace.target());
        hops.add(new Trace.Hop(
                own.id(),
                own.metric() < 0 ? WireLimits.MAX_U32 : own.metric(),
                REASONS.indexOf(own.reason()),
                own.queued(),
                own.rttMs()));
        Trace longer = new Trace(trace.origin(), trace.target(), trace.traceId(), ttl, trace.answer(), hops);
        return end || fits(longer, via)
                ? longer
                : fitted(
                        new Trace(trace.origin(), trace.target(), trace.traceId(), ttl, trace.answer(), trace.hops()),
                        via);
    }

    private static boolean fits(Trace trace, Neighbor via) {
        return FrameCodec.encodedBytes(trace) <= via.mtuBytes() - FrameForm.UNICAST.overheadBytes();
    }

    /**
     * With as many entries as the link takes: it may have come over one with larger frames. The entries of the way back are left
     * out first, then those farthest from the originator; of an answer the target's own goes last.
     */
    private static Trace fitted(Trace trace, Neighbor via) {
        List<Trace.Hop> hops = new ArrayList<>(trace.hops());
        Trace shorter = trace;
        while (!hops.isEmpty() && !fits(shorter, via)) {
            boolean last = !trace.answer() || hops.size() > TTL - trace.ttl() || hops.size() == 1;
            hops.remove(last ? hops.size() - 1 : hops.size() - 2);
            shorter = new Trace(trace.origin(), trace.target(), trace.traceId(), trace.ttl(), trace.answer(), hops);
        }
        return shorter;
    }

    private TraceReport.Hop entry(NodeId towards, NodeId target) {
        RouteEntry route = routes.get(towards);
        Neighbor next = forwarder.nextHop(towards);
        boolean atTarget = target.equals(core.self);
        long metric = atTarget ? 0 : next == null || route == null ? -1 : route.metric();
        Reason reason = route == null ? Reason.FIRST : route.lastReason();
        double rttMs = next == null ? 0 : Math.max(0, next.srttMs());
        return new TraceReport.Hop(core.self, metric, reason, Math.min(0xffff, queue.size()), Math.round(rttMs));
    }

    private static List<TraceReport.Hop> readable(List<Trace.Hop> hops) {
        List<TraceReport.Hop> readable = new ArrayList<>(hops.size());
        for (Trace.Hop hop : hops) {
            Reason reason = REASONS.get(Math.min(hop.reason(), REASONS.size() - 1));
            long metric = hop.metric() == WireLimits.MAX_U32 ? -1 : hop.metric();
            readable.add(new TraceReport.Hop(hop.id(), metric, reason, hop.queued(), hop.rttMs()));
        }
        return readable;
    }

    private void remember(Key key, Pending trace) {
        if (pending.size() >= MAX_PENDING) {
            Iterator<Pending> eldest = pending.values().iterator();
            Pending crowdedOut = eldest.next();
            eldest.remove();
            end(crowdedOut);
        }
        pending = pending.isEmpty() ? new LinkedHashMap<>() : pending;
        pending.put(key, trace);
        plan();
    }
}
