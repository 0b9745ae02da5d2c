package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds about one destination (2.3): the ways to it, and the feasibility distance as two numbers. {@link RoutingTable} is its
 * only writer. What an advert is compared with is in one object. 104 bytes on a JVM with compressed references, {@code EngineCostTest} holds it and what hangs on it to 140. Times are the low
 * halves of theirs, see {@link #limitAges}.
 */
final class RouteEntry extends NotedRoute {
    /** What took something over so long ago is there still, where nodes move at 20 m/s. */
    private static final int IN_USE_MS = 2_000;

    /** More than any metric: there is no feasibility distance. */
    private static final int NO_DISTANCE = -1;

    private long feasibleSeq;
    private int feasibleMetric = NO_DISTANCE;

    private int holdUntilMs;

    /** When its next hop last took something over; before {@link #IN_USE_MS} if that does not matter. */
    private int usedAtMs;

    RouteEntry(long nowMs, NodeId destination) {
        super(destination);
        this.holdUntilMs = (int) nowMs - 1;
        notUsed(nowMs);
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
        usedAtMs = (int) atMs;
    }

    void notUsed(long nowMs) {
        usedAtMs = (int) nowMs - IN_USE_MS - 1;
    }

    /** Whether something went over the route just now. */
    boolean isInUse(long nowMs) {
        return (int) nowMs - usedAtMs <= IN_USE_MS;
    }

    /** To be called once in 12 days at least: what is long over must not lie ahead again. */
    void limitAges(long nowMs) {
        limitAge(nowMs);
        if (!isInUse(nowMs)) {
            notUsed(nowMs);
        }
        if ((int) nowMs - holdUntilMs > 0) {
            holdUntilMs = (int) nowMs - 1; // over is over
        }
    }
}
