package io.thicket.routing.engine;

import io.thicket.routing.Seq;

/**
 * One neighbour's advert for one destination, as stored (2.3): the raw material of routes and alternates. Packed into 48 bytes,
 * since every destination held has at least one.
 */
final class Candidate {
    /** Weight of a new metric in the smoothed one. */
    private static final double SMOOTHING = 0.3;

    final NextHop hop;
    private long seq;
    private int advertised;
    private byte hops;

    /** What this way costs in percent of its metric: more than 100 after it failed end to end ({@link E2eScores}). */
    short costPercent = E2eScores.NORMAL_PERCENT;

    /** When the advert was received; never renewed by use, demotion or selection (2.3). */
    long storedAtMs;

    private float smoothedMetric;

    private boolean better;
    /** The low half of the time: 24 days are more than any advert is kept. */
    private int betterSinceMs;

    Candidate(long nowMs, NextHop hop, Seq seq, long advertised, int hops) {
        this.hop = hop;
        set(nowMs, seq, advertised, hops);
        this.smoothedMetric = (float) (advertised + (double) hop.cost());
    }

    void update(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        set(nowMs, newSeq, newAdvertised, newHops);
        smoothedMetric = (float) ((1 - SMOOTHING) * smoothedMetric + SMOOTHING * (newAdvertised + (double) hop.cost()));
    }

    private void set(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        seq = PackedSeq.of(newSeq);
        advertised = (int) newAdvertised;
        hops = (byte) newHops;
        storedAtMs = nowMs;
    }

    /** Made anew by each call. */
    Seq seq() {
        return PackedSeq.unpack(seq);
    }

    long packedSeq() {
        return seq;
    }

    boolean isNewerThan(Candidate other) {
        return PackedSeq.isNewer(seq, other.seq);
    }

    boolean isNewerThan(Seq other) {
        return PackedSeq.isNewer(seq, PackedSeq.of(other));
    }

    boolean isOlderThan(Seq other) {
        return PackedSeq.isNewer(PackedSeq.of(other), seq);
    }

    /** The neighbour's metric, less than 2^32. */
    long advertised() {
        return Integer.toUnsignedLong(advertised);
    }

    /** The neighbour's hops, 255 at most. */
    int hops() {
        return Byte.toUnsignedInt(hops);
    }

    /** The metric over this neighbour now, -1 if unreachable. What failed end to end costs more, but stays a way. */
    long metric() {
        long metric = FeasibilityDistance.extend(advertised(), hop.cost());
        return costPercent == E2eScores.NORMAL_PERCENT || metric < 0
                ? metric
                : Math.min(FeasibilityDistance.MAX_METRIC, metric * costPercent / 100);
    }

    double smoothedMetric() {
        return (double) smoothedMetric * costPercent / 100;
    }

    boolean isYoung(long nowMs) {
        return nowMs - storedAtMs < hop.parameters().alternateLifeMs();
    }

    /** It beats the current route: for how long without a break, 0 if it did not before. */
    int betterForMs(long nowMs) {
        if (!better) {
            better = true;
            betterSinceMs = (int) nowMs;
        }
        return (int) nowMs - betterSinceMs;
    }

    /** It does not beat the current route, or is that itself. */
    void notBetter() {
        better = false;
    }
}
