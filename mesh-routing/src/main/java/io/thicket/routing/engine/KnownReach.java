package io.thicket.routing.engine;

import io.thicket.routing.wire.WireLimits;

/**
 * How many hops away the far nodes are that this node knows of: a search waits in vain for an answer from farther than that. A tenth of them,
 * three at least, must be as far, or one that claims to be 64 hops away would make every search of a network wait for that.
 */
final class KnownReach {
    /** So many destinations must be as far. */
    private static final int LEAST = 3;

    /** And one in so many. */
    private static final int ONE_IN = 10;

    /** They are counted again after this time at the earliest. */
    private static final long EVERY_MS = 1_000;

    private long countedAtMs = Long.MIN_VALUE / 2;
    private int hops;

    int hops(long nowMs, Iterable<RouteEntry> entries) {
        if (nowMs - countedAtMs >= EVERY_MS) {
            countedAtMs = nowMs;
            hops = count(entries);
        }
        return hops;
    }

    private int count(Iterable<RouteEntry> entries) {
        int[] atHops = new int[WireLimits.MAX_HOPS + 1]; // rare: a search is on
        int known = 0;
        for (RouteEntry entry : entries) {
            atHops[entry.lastHops()]++;
            known++;
        }
        int wanted = Math.max(LEAST, known / ONE_IN);
        int farther = 0;
        for (int far = WireLimits.MAX_HOPS; far > 0; far--) {
            farther += atHops[far];
            if (farther >= wanted) {
                return far;
            }
        }
        return 0;
    }
}
