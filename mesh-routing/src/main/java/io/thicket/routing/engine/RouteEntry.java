package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteNote;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this node holds about one destination (2.3). {@link RoutingTable} is its only writer. */
final class RouteEntry {
    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

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

    /** Changed by {@link #addAlternate} and {@link #removeAlternate} only; most destinations have none. */
    List<Candidate> alternates = List.of();

    /** The next hop that the outside heard of last. */
    @Nullable
    NextHop announcedHop;

    private long[] notes = RouteNotes.NONE;

    /** Of {@link Destinations}. */
    @Nullable
    RouteEntry sameBucket;

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

    void addAlternate(Candidate candidate) {
        if (alternates.isEmpty()) {
            alternates = new ArrayList<>(1);
        }
        alternates.add(candidate);
    }

    void removeAlternate(Candidate candidate) {
        if (alternates.size() > 1) {
            alternates.remove(candidate);
        } else if (alternates.contains(candidate)) {
            alternates = List.of();
        }
    }

    RouteChange.Reason lastReason() {
        return RouteNotes.lastReason(notes);
    }

    /** Remembers why the route changed. */
    void note(long nowMs, RouteChange.Reason reason, @Nullable NodeId neighbor) {
        notes = RouteNotes.add(notes, nowMs, reason, neighbor);
    }

    List<RouteNote> notes() {
        return RouteNotes.all(notes);
    }
}
