package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.WireLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds about one destination (2.3). {@link RoutingTable} is its only writer. It is itself
 * the {@link Candidate} that is its route, and has its feasibility distance as two numbers: what an advert is compared with is in one
 * object. 112 bytes on a JVM with compressed references, {@code EngineCostTest} holds it and what hangs on it to 140. Times are the low
 * halves of theirs, see {@link #limitAges}.
 */
final class RouteEntry extends NotedRoute {
    /** What took something over so long ago is there still, where nodes move at 20 m/s. */
    private static final int IN_USE_MS = 2_000;

    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

    private static final Alternate[] NO_ALTERNATES = {};

    /** More than any metric: there is no feasibility distance. */
    private static final int NO_DISTANCE = -1;

    /** The destination's NodeId, as a number. */
    final long name;

    private long feasibleSeq;
    private int feasibleMetric = NO_DISTANCE;

    private int holdUntilMs;

    /** Hops of the route used last, 0 if there was none. */
    private byte lastHops;

    private boolean used;

    /** When its next hop last took something over, if {@link #used}; a sweep clears that in time. */
    private int usedAtMs;

    /** ACTIVE, or else BROKEN: what is only searched for has no entry. */
    boolean active;

    /** As long as there is a route, ACTIVE or BROKEN. */
    private int validUntilMs;

    private boolean settling;
    private int settleAtMs;

    /** Another array after each change. */
    private Alternate[] alternates = NO_ALTERNATES;

    /** The next hop that the outside heard of last. */
    @Nullable
    NextHop announcedHop;

    RouteEntry(long nowMs, NodeId destination) {
        this.name = destination.value();
        this.holdUntilMs = (int) nowMs - 1;
    }

    /** Made anew by each call. */
    NodeId destination() {
        return new NodeId(name);
    }

    RouteState state() {
        return active ? RouteState.ACTIVE : RouteState.BROKEN;
    }

    /** The route's advert; in state BROKEN it is kept while its link may recover. It is the entry itself: what it says changes with the route. */
    @Nullable
    Candidate current() {
        return isPresent() ? this : null;
    }

    /** The next hop of an ACTIVE route, else null. */
    @Nullable
    NextHop nextHop() {
        return active && isPresent() ? hop() : null;
    }

    /** The metric of the ACTIVE route in 10 us units, -1 if there is none. */
    long metric() {
        return active && isPresent() ? wayMetric() : -1;
    }

    /** Hops of the ACTIVE route, -1 if there is none. */
    int hops() {
        return active && isPresent() ? advertisedHops() + 1 : -1;
    }

    /** Hops of the route used last, 0 if there was none: how far to search (2.5). */
    int lastHops() {
        return Byte.toUnsignedInt(lastHops);
    }

    /** {@code chosen} becomes the route, for as long as its link class says. Returns what was the route, as an alternate of its own; or null. */
    @Nullable
    Alternate install(Candidate chosen, long nowMs) {
        Alternate former = isPresent() ? new Alternate(this) : null;
        become(chosen);
        active = true;
        settling = false;
        validUntilMs = (int) (nowMs - ageMs(nowMs) + hop().parameters().routeLifeMs());
        lastHops = (byte) Math.min(WireLimits.MAX_HOPS, advertisedHops() + 1);
        return former;
    }

    boolean hasDistance() {
        return feasibleMetric != NO_DISTANCE;
    }

    /** The Seq of the feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    Seq feasibleSeq() {
        return hasDistance() ? PackedSeq.unpack(feasibleSeq) : null;
    }

    /** {@link FeasibilityDistance#MAX_METRIC} if there is none. */
    long feasibleMetric() {
        return hasDistance() ? Integer.toUnsignedLong(feasibleMetric) : FeasibilityDistance.MAX_METRIC;
    }

    /** The feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    Distance distanceOnWire() {
        Seq seq = feasibleSeq();
        return seq == null ? null : new Distance(seq, feasibleMetric());
    }

    /** A {@link PackedSeq}; of no meaning without a feasibility distance. */
    long packedFeasibleSeq() {
        return feasibleSeq;
    }

    /** The feasibility distance, null if there is none; made anew by each call. */
    @Nullable
    FeasibilityDistance feasibility() {
        return hasDistance() ? new FeasibilityDistance(feasibleSeq, feasibleMetric()) : null;
    }

    /** Whether there is a feasibility distance that is strictly better than the distance of these numbers (U8). */
    boolean descendsFrom(long otherEpoch, long otherCount, long otherMetric) {
        return hasDistance()
                && FeasibilityDistance.isBetter(
                        feasibleSeq, feasibleMetric(), PackedSeq.of(otherEpoch, otherCount), otherMetric);
    }

    /** U1: whether an advert is strictly better than the feasibility distance. */
    boolean isFeasible(Candidate candidate, RuleSwitches rules) {
        return isFeasible(candidate.packedSeq(), candidate.advertised(), rules);
    }

    boolean isFeasible(Seq seq, long advertised, RuleSwitches rules) {
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
    void improve() {
        if (!hasDistance() || FeasibilityDistance.isBetter(packedSeq(), wayMetric(), feasibleSeq, feasibleMetric())) {
            setDistance();
        }
    }

    /** The feasibility distance becomes that of the present route, better or not. */
    void setDistance() {
        long metric = wayMetric();
        if (metric < 0) {
            throw new AssertionError("an unreachable distance");
        }
        feasibleSeq = packedSeq();
        feasibleMetric = (int) metric;
    }

    void forgetDistance() {
        feasibleMetric = NO_DISTANCE;
    }

    @Nullable
    Candidate candidateOf(NextHop hop) {
        if (isOf(hop)) {
            return this;
        }
        for (Alternate alternate : alternates) {
            if (alternate.isOf(hop)) {
                return alternate;
            }
        }
        return null;
    }

    /** Not to be written to. */
    Alternate[] alternates() {
        return alternates;
    }

    boolean hasAlternates() {
        return alternates.length > 0;
    }

    void addAlternate(Alternate candidate) {
        alternates = Arrays.copyOf(alternates, alternates.length + 1);
        alternates[alternates.length - 1] = candidate;
    }

    void replaceAlternate(int index, Alternate candidate) {
        alternates = alternates.clone();
        alternates[index] = candidate;
    }

    /** Nothing if it is none of them. */
    void removeAlternate(Candidate candidate) {
        int at = Arrays.asList(alternates).indexOf(candidate);
        if (at >= 0) {
            Alternate[] others =
                    alternates.length == 1 ? NO_ALTERNATES : Arrays.copyOf(alternates, alternates.length - 1);
            System.arraycopy(alternates, at + 1, others, at, others.length - at);
            alternates = others;
        }
    }

    void forgetAlternates() {
        alternates = NO_ALTERNATES;
    }

    /** The end of the route's life; of no meaning without {@link #current}. */
    long validUntilMs(long nowMs) {
        return nowMs + (validUntilMs - (int) nowMs);
    }

    boolean isOver(long nowMs) {
        return validUntilMs - (int) nowMs <= 0;
    }

    /** The route lives at least until then. */
    void extendLife(long untilMs) {
        if ((int) untilMs - validUntilMs > 0) {
            validUntilMs = (int) untilMs;
        }
    }

    /** A newer Seq of the route's next hop is awaited (2.5). */
    boolean isSettling() {
        return settling;
    }

    boolean isSettled(long nowMs) {
        return settling && settleAtMs - (int) nowMs <= 0;
    }

    /** Until when; of no meaning if it is not settling. */
    long settleAtMs(long nowMs) {
        return nowMs + (settleAtMs - (int) nowMs);
    }

    void settleAt(long atMs) {
        settling = true;
        settleAtMs = (int) atMs;
    }

    void endSettling() {
        settling = false;
    }

    /** U6: until then the feasibility distance must not be forgotten; before now if that does not matter. */
    long holdUntilMs(long nowMs) {
        return nowMs + (holdUntilMs - (int) nowMs);
    }

    void holdUntil(long untilMs) {
        if ((int) untilMs - holdUntilMs > 0) {
            holdUntilMs = (int) untilMs;
        }
    }

    void usedAt(long atMs) {
        used = true;
        usedAtMs = (int) atMs;
    }

    void notUsed() {
        used = false;
    }

    /** Whether something went over the route just now. */
    boolean isInUse(long nowMs) {
        used &= (int) nowMs - usedAtMs <= IN_USE_MS;
        return used;
    }

    /** To be called once in 12 days at least: what is long over must not lie ahead again. */
    void limitAges(long nowMs) {
        limitAge(nowMs);
        isInUse(nowMs);
        if ((int) nowMs - holdUntilMs > 0) {
            holdUntilMs = (int) nowMs - 1; // over is over
        }
    }
}
