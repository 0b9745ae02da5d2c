package io.thicket.routing.engine;

import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;

/**
 * The best (sequence number, metric) that this node ever used or announced for a destination in the destination's
 * present incarnation. It only improves until it is forgotten (U6).
 *
 * @param seq the destination's own sequence number
 * @param metric in 10 us units, 0 only at the destination itself
 */
public record FeasibilityDistance(Seq seq, long metric) {
    /** Beyond this a destination is unreachable: never selected, never announced (2.1). */
    public static final long MAX_METRIC = 0xffff_fffeL;

    public FeasibilityDistance {
        if (metric < 0 || metric > MAX_METRIC) {
            throw new IllegalArgumentException("metric " + metric);
        }
    }

    /** Section 2.4, order: newer sequence number first, then smaller metric; strict. */
    public boolean isBetterThan(FeasibilityDistance other) {
        return isBetter(seq, metric, other.seq, other.metric);
    }

    /** Whether it is strictly better than the distance of these numbers. */
    boolean isBetterThan(long otherEpoch, long otherCount, long otherMetric) {
        int bySeq = seq.epoch() != otherEpoch
                ? Long.compare(seq.epoch(), otherEpoch)
                : Long.compare(seq.count(), otherCount);
        return bySeq > 0 || bySeq == 0 && metric < otherMetric;
    }

    Distance onWire() {
        return new Distance(seq, metric);
    }

    /** Whether the distance of these numbers is strictly better. */
    boolean isWorseThan(long otherEpoch, long otherCount, long otherMetric) {
        int bySeq = seq.epoch() != otherEpoch
                ? Long.compare(otherEpoch, seq.epoch())
                : Long.compare(otherCount, seq.count());
        return bySeq > 0 || bySeq == 0 && otherMetric < metric;
    }

    /** The same order on loose values, for paths that must not allocate. */
    static boolean isBetter(Seq seq, long metric, Seq otherSeq, long otherMetric) {
        int bySeq = seq.compareTo(otherSeq);
        return bySeq > 0 || bySeq == 0 && metric < otherMetric;
    }

    /** The sum of a neighbour's metric and the cost of the hop, or -1 if that is unreachable: it must not saturate. */
    static long extend(long advertisedMetric, long cost) {
        long metric = advertisedMetric + cost;
        return metric > MAX_METRIC ? -1 : metric;
    }
}
