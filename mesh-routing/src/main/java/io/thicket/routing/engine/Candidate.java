package io.thicket.routing.engine;

import io.thicket.routing.Seq;

/** One neighbour's advert for one destination, as stored (2.3): the raw material of routes and alternates. */
final class Candidate {
    /** Weight of a new metric in the smoothed one. */
    private static final double SMOOTHING = 0.3;

    final NextHop hop;
    Seq seq;
    long advertised;
    int hops;

    /** When the advert was received; never renewed by use, demotion or selection (2.3). */
    long storedAtMs;

    private double smoothedMetric;

    /** Since when this candidate beats the current route, -1 while it does not. */
    long betterSinceMs = -1;

    Candidate(long nowMs, NextHop hop, Seq seq, long advertised, int hops) {
        this.hop = hop;
        this.seq = seq;
        this.advertised = advertised;
        this.hops = hops;
        this.storedAtMs = nowMs;
        this.smoothedMetric = advertised + (double) hop.cost();
    }

    void update(long nowMs, Seq newSeq, long newAdvertised, int newHops) {
        seq = newSeq;
        advertised = newAdvertised;
        hops = newHops;
        storedAtMs = nowMs;
        smoothedMetric = (1 - SMOOTHING) * smoothedMetric + SMOOTHING * (newAdvertised + (double) hop.cost());
    }

    /** The metric over this neighbour now, -1 if unreachable. */
    long metric() {
        return FeasibilityDistance.extend(advertised, hop.cost());
    }

    double smoothedMetric() {
        return smoothedMetric;
    }

    boolean isYoung(long nowMs) {
        return nowMs - storedAtMs < hop.parameters().alternateLifeMs();
    }
}
