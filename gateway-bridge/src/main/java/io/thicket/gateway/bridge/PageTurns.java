package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;

/**
 * When a gateway writes a page of readings that it did not publish, while all others could do the same. The delays follow the truncated exponential
 * distribution of RandomBackoff in RFC 5401: of however many gateways hardly more than one writes before the others have heard of it. They are
 * computed from both NodeIds, so that nothing is left to chance and each page has another gateway that comes first.
 */
final class PageTurns {
    /** The longest delay. */
    static final long SPREAD_MS = 4_000;

    private final long self;
    /** Of the distribution with the parameter lambda: {@link #SPREAD_MS} / lambda, and e^lambda - 1. */
    private double scaleMs;

    private double growth;

    /** The turns of the gateway {@code self}, which knows of no other one. */
    PageTurns(NodeId self) {
        this.self = self.value();
        gateways(1);
    }

    /** How many gateways the site has, this one included; 1 at least. */
    void gateways(int count) {
        double lambda = StrictMath.log(count) + 1;
        scaleMs = SPREAD_MS / lambda;
        growth = StrictMath.expm1(lambda);
    }

    /** How long the page of the node of this number is left to others, 0 to {@link #SPREAD_MS}. */
    long delayMs(long node) {
        return (long) (scaleMs * StrictMath.log1p(drawn(node) * growth));
    }

    /** 0 to 1, as if drawn for this gateway and node. */
    private double drawn(long node) {
        long mixed = (node + self * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94d049bb133111ebL;
        mixed = (mixed ^ mixed >>> 29) * 0x9e3779b97f4a7c15L;
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
