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

/**
 * What this node holds about one destination (2.3). {@link RoutingTable} is its only writer, but for {@link SweepTime}. 80 bytes on a JVM with compressed
 * references, {@code EngineCostTest} holds it and what hangs on it to 200.
 */
final class RouteEntry {
    /** What took something over so long ago is there still, where nodes move at 20 m/s. */
    private static final int IN_USE_MS = 2_000;

    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

    /** The destination's NodeId, as a number. */
    final long name;

    @Nullable
    FeasibilityDistance feasibility;

    long holdUntilMs = Long.MIN_VALUE;

    /** Hops of the route used last, 0 if there was none: how far to search (2.5). */
    short lastHops;

    private boolean used;

    /** The low half of the time when its next hop last took something over, if {@link #used}; a sweep clears that in time. */
    private int usedAtMs;

    /** The route's advert; in state BROKEN it is kept while its link may recover. */
    @Nullable
    Candidate current;

    /** ACTIVE, or else BROKEN: what is only searched for has no entry. */
    boolean active;

    long validUntilMs;
    long settleAtMs = MeshRouter.NEVER;

    /** Before this a sweep has nothing to do here; {@link SweepTime}'s. */
    long sweepAtMs = Long.MIN_VALUE;

    /** Immutable, and another one after each change: the JDK's lists of up to two take 24 bytes. */
    List<Candidate> alternates = List.of();

    /** The next hop that the outside heard of last. */
    @Nullable
    NextHop announcedHop;

    private long[] notes = RouteNotes.NONE;

    RouteEntry(NodeId destination) {
        this.name = destination.value();
    }

    /** Made anew by each call. */
    NodeId destination() {
        return new NodeId(name);
    }

    RouteState state() {
        return active ? RouteState.ACTIVE : RouteState.BROKEN;
    }

    /** The next hop of an ACTIVE route, else null. */
    @Nullable
    NextHop nextHop() {
        Candidate route = current;
        return active && route != null ? route.hop : null;
    }

    /** The metric of the ACTIVE route in 10 us units, -1 if there is none. */
    long metric() {
        Candidate route = current;
        return active && route != null ? route.metric() : -1;
    }

    /** Hops of the ACTIVE route, -1 if there is none. */
    int hops() {
        Candidate route = current;
        return active && route != null ? route.hops() + 1 : -1;
    }

    /** U1: whether an advert is strictly better than the feasibility distance. */
    boolean isFeasible(Candidate candidate, RuleSwitches rules) {
        return isFeasible(candidate.packedSeq(), candidate.advertised(), rules);
    }

    boolean isFeasible(Seq seq, long advertised, RuleSwitches rules) {
        return isFeasible(PackedSeq.of(seq), advertised, rules);
    }

    private boolean isFeasible(long seq, long advertised, RuleSwitches rules) {
        FeasibilityDistance fd = feasibility;
        if (fd == null) {
            return true;
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_MEMORY)) {
            Candidate route = current;
            return route == null
                    || FeasibilityDistance.isBetter(seq, advertised, route.packedSeq(), route.advertised());
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_STRICT)) {
            return !fd.isBetterThan(PackedSeq.epoch(seq), PackedSeq.count(seq), advertised);
        }
        return fd.isWorseThan(seq, advertised);
    }

    /** The feasibility distance improves to that of the route over {@code way} or stays (U2, U3), it never worsens. */
    void improve(Candidate way) {
        FeasibilityDistance fd = feasibility;
        if (fd == null || fd.isWorseThan(way.packedSeq(), way.metric())) {
            feasibility = new FeasibilityDistance(way.packedSeq(), way.metric());
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
        List<Candidate> more = new ArrayList<>(alternates);
        more.add(candidate);
        alternates = List.copyOf(more);
    }

    void replaceAlternate(int index, Candidate candidate) {
        List<Candidate> others = new ArrayList<>(alternates);
        others.set(index, candidate);
        alternates = List.copyOf(others);
    }

    void removeAlternate(Candidate candidate) {
        if (alternates.contains(candidate)) {
            List<Candidate> others = new ArrayList<>(alternates);
            others.remove(candidate);
            alternates = List.copyOf(others);
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

    void usedAt(long atMs) {
        used = true;
        usedAtMs = (int) atMs;
    }

    /** Whether something went over the route just now. */
    boolean isInUse(long nowMs) {
        used &= (int) nowMs - usedAtMs <= IN_USE_MS;
        return used;
    }
}
