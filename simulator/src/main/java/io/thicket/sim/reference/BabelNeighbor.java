package io.thicket.sim.reference;

import io.thicket.sim.reference.BabelParameters.LinkCost;

/** RFC 8966 s3.2.4, appendix A: a neighbour, the hellos heard of it and what it hears of us. */
final class BabelNeighbor {
    /** Hellos remembered. */
    private static final int HISTORY = 16;

    private static final int NEWEST = 0x8000;
    private static final int PERFECT = 256;

    final int address;

    /** The last 16 hellos, the newest in the highest bit. */
    private int history;

    private int expectedSeqno;
    private long helloIntervalMs;
    private long nextHelloMs;
    private int txcost = BabelTlv.INFINITY;
    private long txcostUntilMs;

    BabelNeighbor(int address) {
        this.address = address;
    }

    /** Appendix A.1. */
    void onHello(long nowMs, int seqno, int interval) {
        int ahead = BabelSeq.difference(seqno, expectedSeqno);
        if (history != 0 && Math.abs(ahead) <= HISTORY) {
            // Behind: the interval grew and the timer counted too many as missed. Ahead: that many were missed.
            history = ahead < 0 ? history << -ahead & 0xffff : history >>> ahead;
        } else {
            history = 0;
        }
        history = history >>> 1 | NEWEST;
        expectedSeqno = BabelSeq.next(seqno);
        helloIntervalMs = Math.max(10L * interval, 10);
        nextHelloMs = nowMs + helloIntervalMs + helloIntervalMs / 2;
    }

    void onIhu(long nowMs, int rxcostThere, int interval) {
        txcost = rxcostThere;
        txcostUntilMs = nowMs + BabelParameters.holdMs(interval);
    }

    /** Counts the hellos that did not come; false once there is nothing left of the neighbour. */
    boolean isAlive(long nowMs) {
        while (nowMs >= nextHelloMs && history != 0) {
            history >>>= 1;
            expectedSeqno = BabelSeq.next(expectedSeqno);
            nextHelloMs += helloIntervalMs;
        }
        return history != 0;
    }

    long nextMs() {
        return nextHelloMs;
    }

    /** What it costs the neighbour to reach us: this is what an IHU tells it. */
    int rxcost(LinkCost kind) {
        if (kind == LinkCost.TWO_OF_THREE) {
            return Integer.bitCount(history & 0xe000) >= 2 ? PERFECT : BabelTlv.INFINITY;
        }
        if ((history & 0xfff0) == 0) {
            return BabelTlv.INFINITY;
        }
        // As babeld weighs them: the two newest hellos count a quarter each, the others by age.
        int heard = ((history & 0x8000) >>> 2) + ((history & 0x4000) >>> 1) + (history & 0x3fff);
        return Math.min(0x8000 * PERFECT / (heard + 1), BabelTlv.INFINITY - 1);
    }

    /** Appendix A.2: what a hop to it adds to a metric. */
    int cost(long nowMs, LinkCost kind) {
        int rxcost = rxcost(kind);
        if (rxcost == BabelTlv.INFINITY || txcost == BabelTlv.INFINITY || nowMs >= txcostUntilMs) {
            return BabelTlv.INFINITY;
        }
        if (kind == LinkCost.TWO_OF_THREE) {
            return Math.max(txcost, 1);
        }
        long cost = (long) Math.max(txcost, PERFECT) * rxcost / PERFECT;
        return (int) Math.min(cost, BabelTlv.INFINITY);
    }
}
