package io.thicket.routing.engine;

import io.thicket.routing.Seq;

/** One neighbour's advert for one destination, as stored (2.3): the raw material of routes and alternates. */
final class Candidate {
    /** Weight of a new metric in the smoothed one. */
    private static final double SMOOTHING = 0.3;

    final NextHop hop;
    Seq seq;
    long advertised;
    short hops;

    /** When the advert was received; never renewed by use, demotion or selection (2.3). */
    long storedAtMs;

    private double smoothedMetric;

    /** What this way costs in percent of its metric: more than 100 after it failed end to end ({@link E2eScores}). */
    short costPercent = E2eScores.NORMAL_PERCENT;

    /** Since when this candidate beats the current route, -1 while it does not. */
    long betterSinceMs = -1;

    Candidate(long nowMs, NextHop hop, Seq seq, long advertised, int hops) {
        this.hop = hop;
        this.seq = seq;
        this.advertised = advertised;
        this.hops = (short) hops;
        this.storedAtMs = nowMs;
        this.smoothedMetric = advertised + (double) hop.cost();
    }

    void update(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        seq = newSeq;
        advertised = newAdvertised;
        hops = (short) newHops;
        storedAtMs = nowMs;
        smoothedMetric = (1 - SMOOTHING) * smoothedMetric + SMOOTHING * (newAdvertised + (double) hop.cost());
    }

    /** The metric over this neighbour now, -1 if unreachable. What failed end to end costs more, but stays a way. */
    long metric() {
        long metric = FeasibilityDistance.extend(advertised, hop.cost());
        return costPercent == E2eScores.NORMAL_PERCENT || metric < 0
                ? metric
                : Math.min(FeasibilityDistance.MAX_METRIC, metric * costPercent / 100);
    }

    double smoothedMetric() {
        return smoothedMetric * costPercent / 100;
    }

    boolean isYoung(long nowMs) {
        return nowMs - storedAtMs < hop.parameters().alternateLifeMs();
    }
}
