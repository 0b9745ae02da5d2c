package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteNote;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this node holds about one destination (2.3). {@link RoutingTable} is its only writer. */
final class RouteEntry {
    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

    /** Change reasons kept for {@code explain}. */
    static final int MAX_REASONS = 8;

    final NodeId destination;

    @Nullable
    FeasibilityDistance feasibility;

    long holdUntilMs = Long.MIN_VALUE;

    /** Hops of the route used last, 0 if there was none: how far to search (2.5). */
    int lastHops;

    /** The route's advert; in state BROKEN it is kept while its link may recover. */
    @Nullable
    Candidate current;

    RouteState state = RouteState.BROKEN;
    long validUntilMs;
    long settleAtMs = MeshRouter.NEVER;
    final List<Candidate> alternates = new ArrayList<>(MAX_ALTERNATES);
    /** The next hop that the outside heard of last. */
    @Nullable
    NextHop announcedHop;

    /** Replaced, never changed: snapshots hand it out as it is. */
    private List<RouteNote> notes = List.of();

    RouteEntry(NodeId destination) {
        this.destination = destination;
    }

    /** The next hop of an ACTIVE route, else null. */
    @Nullable
    NextHop nextHop() {
        Candidate route = current;
        return state == RouteState.ACTIVE && route != null ? route.hop : null;
    }

    /** The metric of the ACTIVE route in 10 us units, -1 if there is none. */
    long metric() {
        Candidate route = current;
        return state == RouteState.ACTIVE && route != null ? route.metric() : -1;
    }

    /** Hops of the ACTIVE route, -1 if there is none. */
    int hops() {
        Candidate route = current;
        return state == RouteState.ACTIVE && route != null ? route.hops + 1 : -1;
    }

    /** U1: whether an advert is strictly better than the feasibility distance. */
    boolean isFeasible(Seq seq, long advertised, RuleSwitches rules) {
        FeasibilityDistance fd = feasibility;
        if (fd == null) {
            return true;
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_MEMORY)) {
            Candidate route = current;
            return route == null || FeasibilityDistance.isBetter(seq, advertised, route.seq, route.advertised);
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_STRICT)) {
            return !FeasibilityDistance.isBetter(fd.seq(), fd.metric(), seq, advertised);
        }
        return FeasibilityDistance.isBetter(seq, advertised, fd.seq(), fd.metric());
    }

    /** The feasibility distance improves or stays (U2, U3), it never worsens. */
    void improve(Seq seq, long metric) {
        FeasibilityDistance fd = feasibility;
        if (fd == null || FeasibilityDistance.isBetter(seq, metric, fd.seq(), fd.metric())) {
            feasibility = new FeasibilityDistance(seq, metric);
        }
    }

    @Nullable
    Candidate candidateOf(NextHop hop) {
        Candidate route = current;
        if (route != null && route.hop == hop) {
            return route;
        }
        for (int i = 0; i < alternates.size(); i++) {
            if (alternates.get(i).hop == hop) {
                return alternates.get(i);
            }
        }
        return null;
    }

    /** Remembers why the route changed; the same reason about the same neighbour in a row is counted. */
    void note(long nowMs, RouteChange.Reason reason, @Nullable NodeId neighbor) {
        List<RouteNote> longer = new ArrayList<>(notes);
        RouteNote last = notes.isEmpty() ? null : notes.get(notes.size() - 1);
        int times = 1;
        if (last != null && last.reason() == reason && Objects.equals(last.neighbor(), neighbor)) {
            longer.remove(longer.size() - 1);
            times = last.times() == Integer.MAX_VALUE ? last.times() : last.times() + 1;
        } else if (longer.size() == MAX_REASONS) {
            longer.remove(0);
        }
        longer.add(new RouteNote(nowMs, reason, neighbor, times));
        notes = List.copyOf(longer);
    }

    /** The last reasons, oldest first. */
    List<RouteNote> notes() {
        return notes;
    }

    RouteChange.Reason lastReason() {
        return notes.isEmpty()
                ? RouteChange.Reason.FIRST
                : notes.get(notes.size() - 1).reason();
    }
}
