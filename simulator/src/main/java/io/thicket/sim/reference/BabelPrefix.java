package io.thicket.sim.reference;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** RFC 8966 s3.2.5, s3.2.6: one destination with its routes by neighbour and its feasibility distance. */
final class BabelPrefix {
    /** RFC 8966 appendix B: three minutes. */
    static final long SOURCE_LIFE_MS = 180_000;

    final int prefix;
    final TreeMap<Integer, BabelRoute> routes = new TreeMap<>();

    @Nullable
    BabelRoute selected;

    /** The metric when this was last announced, infinite if it was not. */
    int announcedMetric = BabelTlv.INFINITY;

    private int feasibleSeqno;
    private int feasibleMetric;
    private long feasibleUntilMs = Long.MIN_VALUE;

    BabelPrefix(int prefix) {
        this.prefix = prefix;
    }

    boolean hasFeasibilityDistance(long nowMs) {
        return nowMs < feasibleUntilMs;
    }

    int feasibleSeqno() {
        return feasibleSeqno;
    }

    int feasibleMetric() {
        return feasibleMetric;
    }

    /** s3.5.1: strictly better than everything that was ever announced here. */
    boolean isFeasible(long nowMs, int seqno, int refmetric) {
        return refmetric == BabelTlv.INFINITY
                || !hasFeasibilityDistance(nowMs)
                || BabelSeq.isNewer(seqno, feasibleSeqno)
                || seqno == feasibleSeqno && refmetric < feasibleMetric;
    }

    /** s3.7.3: an update with this is about to be sent. */
    void announced(long nowMs, int seqno, int metric) {
        announcedMetric = metric;
        if (metric == BabelTlv.INFINITY) {
            return;
        }
        if (!hasFeasibilityDistance(nowMs) || BabelSeq.isNewer(seqno, feasibleSeqno)) {
            feasibleSeqno = seqno;
            feasibleMetric = metric;
        } else if (seqno == feasibleSeqno) {
            feasibleMetric = Math.min(feasibleMetric, metric);
        }
        feasibleUntilMs = nowMs + SOURCE_LIFE_MS;
    }

    /** s3.6: the feasible route with the smallest metric; the present one unless another is clearly better. */
    @Nullable
    BabelRoute best(long nowMs, int hysteresis) {
        BabelRoute best = null;
        for (BabelRoute route : routes.values()) {
            if (isUsable(nowMs, route) && (best == null || route.metric < best.metric)) {
                best = route;
            }
        }
        BabelRoute present = selected;
        boolean stay = present != null
                && best != null
                && routes.get(present.neighbor) == present
                && isUsable(nowMs, present)
                && present.metric < best.metric + hysteresis;
        return stay ? present : best;
    }

    private boolean isUsable(long nowMs, BabelRoute route) {
        return route.metric != BabelTlv.INFINITY && isFeasible(nowMs, route.seqno, route.refmetric);
    }
}
