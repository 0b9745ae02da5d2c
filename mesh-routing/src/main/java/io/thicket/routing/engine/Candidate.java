package io.thicket.routing.engine;

import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * One neighbour's advert for one destination, as stored (2.3): the raw material of routes and alternates. An {@link Alternate} is an
 * object of its own; the advert that is the route is a part of its {@link RouteEntry}, since every destination held has one and each
 * HELLO of a neighbour looks at it. Times are the low halves of theirs: 24 days are more than any advert is kept, and {@link #limitAge} sees to
 * what is older.
 */
abstract sealed class Candidate permits Alternate, KnownWays {
    /** Weight of a new metric in the smoothed one. */
    private static final double SMOOTHING = 0.3;

    /** An advert that is older counts as so old. */
    static final int OLDEST_MS = 1 << 30;

    /** Null until there is one. */
    private @Nullable NextHop hop;

    private long seq;
    private int advertised;
    private byte hops;

    /** What this way costs in percent of its metric: more than 100 after it failed end to end ({@link E2eScores}). */
    short costPercent = E2eScores.NORMAL_PERCENT;

    /** When the advert was received; never renewed by use, demotion or selection (2.3). */
    private int storedAtMs;

    private float smoothedMetric;

    /** None yet: a destination that nothing leads to. */
    Candidate() {}

    Candidate(long nowMs, NextHop hop, Seq seq, long advertised, int hops) {
        this.hop = hop;
        set(nowMs, seq, advertised, hops);
        this.smoothedMetric = (float) (advertised + (double) hop.cost());
    }

    /** Holds another advert from now on. */
    final void become(Candidate other) {
        hop = other.hop;
        seq = other.seq;
        advertised = other.advertised;
        hops = other.hops;
        costPercent = other.costPercent;
        storedAtMs = other.storedAtMs;
        smoothedMetric = other.smoothedMetric;
    }

    final boolean isOf(NextHop neighbor) {
        return hop == neighbor;
    }

    /** Whose advert it is, or was the last. */
    final NextHop hop() {
        NextHop of = hop;
        if (of == null) {
            throw new AssertionError("no advert");
        }
        return of;
    }

    final void update(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        set(nowMs, newSeq, newAdvertised, newHops);
        smoothedMetric =
                (float) ((1 - SMOOTHING) * smoothedMetric + SMOOTHING * (newAdvertised + (double) hop().cost()));
    }

    private void set(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        seq = PackedSeq.of(newSeq);
        advertised = (int) newAdvertised;
        hops = (byte) newHops;
        storedAtMs = (int) nowMs;
    }

    /** Made anew by each call. */
    final Seq seq() {
        return PackedSeq.unpack(seq);
    }

    final long packedSeq() {
        return seq;
    }

    final boolean isNewerThan(Candidate other) {
        return PackedSeq.isNewer(seq, other.seq);
    }

    final boolean isNewerThan(Seq other) {
        return PackedSeq.isNewer(seq, PackedSeq.of(other));
    }

    final boolean isOlderThan(Seq other) {
        return PackedSeq.isNewer(PackedSeq.of(other), seq);
    }

    /** The neighbour's metric, less than 2^32. */
    final long advertised() {
        return Integer.toUnsignedLong(advertised);
    }

    /** The neighbour's hops, 255 at most. */
    final int advertisedHops() {
        return Byte.toUnsignedInt(hops);
    }

    /** The metric over this neighbour now, -1 if unreachable. What failed end to end costs more, but stays a way. */
    final long wayMetric() {
        long metric = FeasibilityDistance.extend(advertised(), hop().cost());
        return costPercent == E2eScores.NORMAL_PERCENT || metric < 0
                ? metric
                : Math.min(FeasibilityDistance.MAX_METRIC, metric * costPercent / 100);
    }

    final double smoothedMetric() {
        return (double) smoothedMetric * costPercent / 100;
    }

    /** How long ago the advert was received. */
    final int ageMs(long nowMs) {
        return (int) nowMs - storedAtMs;
    }

    final boolean isYoung(long nowMs) {
        return ageMs(nowMs) < hop().parameters().alternateLifeMs();
    }

    /** To be called once in 12 days at least: its age must not come round to that of a new one. */
    final void limitAge(long nowMs) {
        if (ageMs(nowMs) > OLDEST_MS) {
            storedAtMs = (int) nowMs - OLDEST_MS;
        }
    }
}
