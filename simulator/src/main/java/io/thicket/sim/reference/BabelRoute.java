package io.thicket.sim.reference;

/** RFC 8966 s3.2.6: what one neighbour announced of one prefix. The router-id is that of the prefix. */
final class BabelRoute {
    final int neighbor;
    int seqno;

    /** The neighbour's own metric. */
    int refmetric;

    /** That and the hop to it. */
    int metric;

    long expiresMs;

    BabelRoute(int neighbor) {
        this.neighbor = neighbor;
    }
}
