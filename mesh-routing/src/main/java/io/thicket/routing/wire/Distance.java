package io.thicket.routing.wire;

import io.thicket.routing.Seq;

/**
 * A distance to a destination, {@code [Seq, metric]}: a feasibility distance, or what a current route advertises.
 *
 * @param seq of the destination
 * @param metric in 10 us units, 0 to 2^32 - 1
 */
public record Distance(Seq seq, long metric) implements Comparable<Distance> {
    public Distance {
        Checks.seq(seq);
        WireLimits.u32(metric, "metric");
    }

    /** routing.md 2.4: strictly better means newer, or as new and nearer. */
    public boolean isBetterThan(Distance other) {
        return compareTo(other) < 0;
    }

    /** The better one first. */
    @Override
    public int compareTo(Distance other) {
        int bySeq = other.seq.compareTo(seq);
        return bySeq != 0 ? bySeq : Long.compare(metric, other.metric);
    }

    @Override
    public String toString() {
        return "[" + seq + ", " + metric + "]";
    }
}
