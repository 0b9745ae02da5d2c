package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * What one node holds about one destination, as the judge reads it.
 *
 * @param nextHop of the ACTIVE route, null if there is none
 * @param nextHopTag the next hop's boot that the route names
 * @param usable whether the link to the next hop is live and TWO_WAY
 * @param seq of the ACTIVE route, null if there is none
 * @param metric of the ACTIVE route in 10 us units
 * @param feasibleSeq of the feasibility distance, null if there is none
 * @param feasibleMetric of the feasibility distance
 * @param validUntilMs end of the ACTIVE route's life
 * @param heldUntilMs before this the feasibility distance must not be forgotten; {@link #UNKNOWN_HOLD} if not known
 */
public record HeldRoute(
        NodeId destination,
        @Nullable NodeId nextHop,
        int nextHopTag,
        boolean usable,
        @Nullable Seq seq,
        long metric,
        @Nullable Seq feasibleSeq,
        long feasibleMetric,
        long validUntilMs,
        long heldUntilMs) {
    /** The picture does not tell how long the distance is held. */
    public static final long UNKNOWN_HOLD = Long.MIN_VALUE;

    /** Section 2.4, order: whether (seq, metric) is strictly better than (otherSeq, otherMetric). */
    static boolean isBetter(Seq seq, long metric, Seq otherSeq, long otherMetric) {
        int bySeq = seq.compareTo(otherSeq);
        return bySeq > 0 || bySeq == 0 && metric < otherMetric;
    }

    /** The feasibility distance as text. */
    String distance() {
        return feasibleSeq == null ? "no distance" : "(" + feasibleSeq + ", " + feasibleMetric + ")";
    }
}
