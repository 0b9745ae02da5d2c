package io.thicket.routing.engine;

import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import org.jspecify.annotations.Nullable;

/**
 * The best (sequence number, metric) that this node ever used or announced for a destination in the destination's
 * present incarnation. It only improves until it is forgotten (U6).
 */
public final class FeasibilityDistance {
    /** Beyond this a destination is unreachable: never selected, never announced (2.1). */
    public static final long MAX_METRIC = 0xffff_fffeL;

    private final long seq;
    private final int metric;

    /**
     * {@code seq} is the destination's own sequence number, {@code metric} is in 10 us units, 0 only at the destination
     * itself.
     */
    public FeasibilityDistance(Seq seq, long metric) {
        this(PackedSeq.of(seq), metric);
    }

    /** {@code packed} is a {@link PackedSeq}. */
    FeasibilityDistance(long packed, long metric) {
        if (metric < 0 || metric > MAX_METRIC) {
            throw new IllegalArgumentException("metric " + metric);
        }
        this.seq = packed;
        this.metric = (int) metric;
    }

    /** Made anew by each call. */
    public Seq seq() {
        return PackedSeq.unpack(seq);
    }

    public long metric() {
        return Integer.toUnsignedLong(metric);
    }

    /** Section 2.4, order: newer sequence number first, then smaller metric; strict. */
    public boolean isBetterThan(FeasibilityDistance other) {
        return isBetter(seq, metric(), other.seq, other.metric());
    }

    /** Whether the distance of these numbers is strictly better. */
    boolean isWorseThan(long otherEpoch, long otherCount, long otherMetric) {
        return isBetter(PackedSeq.of(otherEpoch, otherCount), otherMetric, seq, metric());
    }

    Distance onWire() {
        return new Distance(seq(), metric());
    }

    /** The same order on loose values. */
    static boolean isBetter(Seq seq, long metric, Seq otherSeq, long otherMetric) {
        return isBetter(PackedSeq.of(seq), metric, PackedSeq.of(otherSeq), otherMetric);
    }

    /** The same order on {@link PackedSeq}s, for paths that must not allocate. */
    static boolean isBetter(long packed, long metric, long otherPacked, long otherMetric) {
        return PackedSeq.isNewer(packed, otherPacked) || packed == otherPacked && metric < otherMetric;
    }

    /** The sum of a neighbour's metric and the cost of the hop, or -1 if that is unreachable: it must not saturate. */
    static long extend(long advertisedMetric, long cost) {
        long metric = advertisedMetric + cost;
        return metric > MAX_METRIC ? -1 : metric;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FeasibilityDistance that && seq == that.seq && metric == that.metric;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + metric;
    }

    @Override
    public String toString() {
        return onWire().toString();
    }
}
