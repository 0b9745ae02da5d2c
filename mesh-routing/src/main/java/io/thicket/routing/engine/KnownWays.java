package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import org.jspecify.annotations.Nullable;

/**
 * The ways to one destination: the {@link Candidate} that is the route, which is this object itself, the alternates, and the feasibility
 * distance as two numbers. A search for a destination, each advert and each message on its way look at this and mostly at nothing else that is
 * held about it: the JVM keeps what stands here in front of all that, in one line of memory, which is full.
 */
abstract sealed class KnownWays extends Candidate permits NotedRoute {
    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

    /** More than any metric: there is no feasibility distance. */
    private static final int NO_DISTANCE = -1;

    /** The advert that is this object itself holds. */
    private static final int PRESENT = 1;

    /** The route is ACTIVE, or else BROKEN: what is only searched for has no entry. */
    private static final int ACTIVE = 2;

    /** The destination's NodeId, as a number. */
    final long name;

    private long feasibleSeq;
    private int feasibleMetric = NO_DISTANCE;

    /** {@link #PRESENT}, {@link #ACTIVE}, both or neither: there is no room for two flags. */
    private byte route;

    /** The first of those that are not the route, null if there is none. */
    private @Nullable Alternate alternates;

    KnownWays(NodeId destination) {
        this.name = destination.value();
    }

    /** Made anew by each call. */
    final NodeId destination() {
        return new NodeId(name);
    }

    final RouteState state() {
        return isActive() ? RouteState.ACTIVE : RouteState.BROKEN;
    }

    /** ACTIVE, or else BROKEN. */
    final boolean isActive() {
        return (route & ACTIVE) != 0;
    }

    final void activate() {
        route = (byte) (route | ACTIVE);
    }

    /** The route is BROKEN. */
    final void deactivate() {
        route = (byte) (route & ~ACTIVE);
    }

    /** Whether there is a route's advert; without one, nothing of it may be asked but whose the last one was. */
    final boolean isPresent() {
        return (route & PRESENT) != 0;
    }

    /** Holds no advert of a route any more. */
    final void clear() {
        route = (byte) (route & ~PRESENT);
    }

    /** The route's advert; in state BROKEN it is kept while its link may recover. It is the entry itself: what it says changes with the route. */
    @Nullable
    final Candidate current() {
        return isPresent() ? this : null;
    }

    /** The next hop of an ACTIVE route, else null. */
    @Nullable
    final NextHop nextHop() {
        return leads() ? hop() : null;
    }

    /** The metric of the ACTIVE route in 10 us units, -1 if there is none. */
    final long metric() {
        return leads() ? wayMetric() : -1;
    }

    /** Hops of the ACTIVE route, -1 if there is none. */
    final int hops() {
        return leads() ? advertisedHops() + 1 : -1;
    }

    /** Whether there is a route and it is ACTIVE. */
    private boolean leads() {
        return route == (PRESENT | ACTIVE);
    }

    /** {@code chosen} becomes the route. Returns what was the route, as an alternate of its own; or null. */
    @Nullable
    Alternate install(Candidate chosen, long nowMs) {
        Alternate former = isPresent() ? new Alternate(this) : null;
        become(chosen);
        route = PRESENT | ACTIVE;
        return former;
    }

    @Nullable
    final Candidate candidateOf(NextHop hop) {
        if (isPresent() && isOf(hop)) {
            return this;
        }
        for (Alternate each = alternates; each != null; each = each.next) {
            if (each.isOf(hop)) {
                return each;
            }
        }
        return null;
    }

    /** The first of the alternates, in the order in which they came; null if there is none. */
    @Nullable
    final Alternate alternates() {
        return alternates;
    }

    final int countAlternates() {
        int count = 0;
        for (Alternate each = alternates; each != null; each = each.next) {
            count++;
        }
        return count;
    }

    final boolean hasAlternates() {
        return alternates != null;
    }

    /** As the last one. {@code candidate} is new. */
    final void addAlternate(Alternate candidate) {
        link(lastBefore(null), candidate);
    }

    /** {@code candidate}, which is new, takes the place of {@code former}, which is one of them. */
    final void replaceAlternate(Alternate former, Alternate candidate) {
        candidate.next = former.next;
        link(lastBefore(former), candidate);
        former.next = null;
    }

    /** Nothing if it is none of them. */
    final void removeAlternate(Candidate candidate) {
        Alternate before = null;
        Alternate each = alternates;
        while (each != null && each != candidate) {
            before = each;
            each = each.next;
        }
        if (each != null) {
            link(before, each.next);
            each.next = null;
        }
    }

    final void forgetAlternates() {
        alternates = null;
    }

    /** The one that {@code until} follows, null if that is the first; of the end of the chain, which is null, the last. */
    private @Nullable Alternate lastBefore(@Nullable Alternate until) {
        Alternate before = null;
        for (Alternate each = alternates; each != null && each != until; each = each.next) {
            before = each;
        }
        return before;
    }

    /** {@code following} comes after {@code before}, or first if that is null. */
    private void link(@Nullable Alternate before, @Nullable Alternate following) {
        if (before == null) {
            alternates = following;
        } else {
            before.next = following;
        }
    }

    final boolean hasDistance() {
        return feasibleMetric != NO_DISTANCE;
    }

    /** The Seq of the feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    final Seq feasibleSeq() {
        return hasDistance() ? PackedSeq.unpack(feasibleSeq) : null;
    }

    /** Whether there is a feasibility distance, of a Seq that is newer than this one. */
    final boolean hasDistanceNewerThan(Seq other) {
        return hasDistance() && PackedSeq.isNewer(feasibleSeq, PackedSeq.of(other));
    }

    /** {@link FeasibilityDistance#MAX_METRIC} if there is none. */
    final long feasibleMetric() {
        return hasDistance() ? Integer.toUnsignedLong(feasibleMetric) : FeasibilityDistance.MAX_METRIC;
    }

    /** The feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    final Distance distanceOnWire() {
        Seq seq = feasibleSeq();
        return seq == null ? null : new Distance(seq, feasibleMetric());
    }

    /** A {@link PackedSeq}; of no meaning without a feasibility distance. */
    final long packedFeasibleSeq() {
        return feasibleSeq;
    }

    /** The feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    final FeasibilityDistance feasibility() {
        return hasDistance() ? new FeasibilityDistance(feasibleSeq, feasibleMetric()) : null;
    }

    /** Whether there is a feasibility distance that is strictly better than the distance of these numbers (U8). */
    final boolean descendsFrom(long otherEpoch, long otherCount, long otherMetric) {
        return hasDistance()
                && FeasibilityDistance.isBetter(
                        feasibleSeq, feasibleMetric(), PackedSeq.of(otherEpoch, otherCount), otherMetric);
    }

    /** U1: whether an advert is strictly better than the feasibility distance. */
    final boolean isFeasible(Candidate candidate, RuleSwitches rules) {
        return isFeasible(candidate.packedSeq(), candidate.advertised(), rules);
    }

    final boolean isFeasible(Seq seq, long advertised, RuleSwitches rules) {
        return isFeasible(PackedSeq.of(seq), advertised, rules);
    }

    private boolean isFeasible(long seq, long advertised, RuleSwitches rules) {
        if (!hasDistance()) {
            return true;
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_MEMORY)) {
            return !isPresent() || FeasibilityDistance.isBetter(seq, advertised, packedSeq(), advertised());
        }
        if (!rules.isOn(RuleSwitches.Rule.U1_STRICT)) {
            return !FeasibilityDistance.isBetter(feasibleSeq, feasibleMetric(), seq, advertised);
        }
        return FeasibilityDistance.isBetter(seq, advertised, feasibleSeq, feasibleMetric());
    }

    /** The feasibility distance improves to that of the present route or stays (U2, U3), it never worsens. */
    final void improve() {
        if (!hasDistance() || FeasibilityDistance.isBetter(packedSeq(), wayMetric(), feasibleSeq, feasibleMetric())) {
            setDistance();
        }
    }

    /** The feasibility distance becomes that of the present route, better or not. */
    final void setDistance() {
        long metric = wayMetric();
        if (metric < 0) {
            throw new AssertionError("an unreachable distance");
        }
        feasibleSeq = packedSeq();
        feasibleMetric = (int) metric;
    }

    final void forgetDistance() {
        feasibleMetric = NO_DISTANCE;
    }
}
