package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * RERRs (2.4 U5, 2.6): tells those who send over a route that it is lost, so that they need not send first to learn it. A
 * hint, never repeated: the truth is the refusal in the sealed reply.
 */
final class RouteErrors {
    /** 2.6: losses of so long go into one RERR. */
    static final long GATHER_MS = 50;

    /** Lost destinations that wait to be told. */
    static final int MAX_LOST = 256;

    /** At most, on the wire. */
    private static final int ENTRY_BYTES = 21;

    private final Core core;
    private final FrameSender frames;
    private final RoutingTable routes;
    private final ControlBudget budget;
    private final Precursors precursors;
    /** What is to be told; empty nearly always, and made anew each time. */
    private Map<NodeId, Rerr.Unreachable> lost = Collections.emptyMap();

    RouteErrors(Core core, FrameSender frames, RoutingTable routes, ControlBudget budget) {
        this.core = core;
        this.frames = frames;
        this.routes = routes;
        this.budget = budget;
        this.precursors = new Precursors(core.tableSeed);
    }

    Precursors precursors() {
        return precursors;
    }

    /** The route to {@code entry}'s destination is lost, and nothing of this node will bring it back soon. */
    void lost(RouteEntry entry, RouteChange.Reason reason) {
        Seq feasible = entry.feasibleSeq();
        if (feasible == null || !precursors.has(entry.destination()) || lost.size() >= MAX_LOST) {
            return;
        }
        lost = lost.isEmpty() ? new LinkedHashMap<>() : lost;
        lost.put(entry.destination(), new Rerr.Unreachable(entry.destination(), feasible, wireReason(reason)));
        core.agenda.atLatest(Agenda.Part.ERRORS, core.now() + GATHER_MS);
    }

    /** 2.4 U5: honoured only if my next hop for it is this very session, and only about my Seq or a newer one. */
    void onRerr(Neighbor from, Rerr rerr) {
        for (Rerr.Unreachable each : rerr.unreachable()) {
            RouteEntry entry = routes.get(each.destination());
            Candidate current = entry == null ? null : entry.current();
            if (entry != null && current != null && entry.nextHop() == from && !current.isNewerThan(each.seq())) {
                routes.withdrawn(core.now(), each.destination(), from, RouteChange.Reason.RERR);
            }
        }
    }

    /**
     * For {@code from} alone and at once: its message, which came without an exchange, went no further here. It is named the Seq
     * of its own distance, which no route of its is newer than; if it has learned a newer one meanwhile, it ignores this.
     */
    void tell(Neighbor from, Rerr.Unreachable unreachable) {
        send(from.link, List.of(unreachable), Set.of(from));
    }

    void onDeadline() {
        core.agenda.set(Agenda.Part.ERRORS, MeshRouter.NEVER);
        Map<Interface, List<Rerr.Unreachable>> byLink = new LinkedHashMap<>();
        Map<Interface, Set<Neighbor>> users = new LinkedHashMap<>();
        Iterator<Rerr.Unreachable> all = lost.values().iterator();
        while (all.hasNext()) {
            Rerr.Unreachable each = all.next();
            RouteEntry entry = routes.get(each.destination());
            if (entry != null && entry.nextHop() != null) {
                continue; // found again meanwhile
            }
            for (Neighbor user : precursors.take(core.now(), each.destination())) {
                List<Rerr.Unreachable> onLink = byLink.computeIfAbsent(user.link, unused -> new ArrayList<>());
                if (!onLink.contains(each)) {
                    onLink.add(each);
                }
                users.computeIfAbsent(user.link, unused -> new LinkedHashSet<>())
                        .add(user);
            }
        }
        lost = Collections.emptyMap();
        byLink.forEach((link, unreachable) -> send(link, unreachable, users.getOrDefault(link, Set.of())));
    }

    private void send(Interface link, List<Rerr.Unreachable> unreachable, Set<Neighbor> users) {
        int room = link.info.mtuBytes() - FrameForm.BROADCAST_INTRODUCED.overheadBytes();
        int perFrame = Math.max(1, Math.min(WireLimits.MAX_UNREACHABLE, room / ENTRY_BYTES - 1));
        for (int i = 0; i < unreachable.size(); i += perFrame) {
            int end = Math.min(unreachable.size(), i + perFrame);
            Rerr rerr = new Rerr(unreachable.subList(i, end));
            int bytes = FrameForm.BROADCAST_INTRODUCED.overheadBytes() + FrameCodec.encodedBytes(rerr);
            if (!budget.mayError(link) || !budget.spend(link, bytes, false)) {
                return; // the refusals will tell
            }
            core.count(RoutingCounter.RERRS_SENT);
            if (users.size() == 1) {
                core.count(RoutingCounter.CONTROL_FRAMES_SENT);
                frames.unicast(users.iterator().next(), MeshRouter.NO_EXCHANGE, List.of(rerr));
            } else {
                frames.broadcast(link, List.of(rerr));
            }
        }
    }

    private static Rerr.Reason wireReason(RouteChange.Reason reason) {
        return switch (reason) {
            case LINK_DOWN, NEIGHBOR_REBOOTED, STALLED -> Rerr.Reason.LINK;
            case EXPIRED -> Rerr.Reason.EXPIRED;
            case DESCENT -> Rerr.Reason.DESCENT;
            case FIRST, BETTER, NEWER_SEQ, METRIC, ALTERNATE, REFUSED, RERR, WITHDRAWN -> Rerr.Reason.NO_ROUTE;
        };
    }
}
