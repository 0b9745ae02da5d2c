package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;

/** One gateway as last announced. */
final class KnownGateway extends GatewayOffer {
    /** More than any metric. */
    private static final int NOT_ANNOUNCED = -1;

    /** The smallest on the path, as the next hop says; hearsay, which only cuts messages smaller. */
    int mtuBytes;

    /** Until then some neighbour may repeat its present Seq, which must not count as new. */
    long rememberUntilMs;

    /** When this node first heard the present Seq: whatever others say, it lives no longer than from here. */
    long seqSinceMs;

    long changedAtMs;

    /** Of 32 bits, {@link #NOT_ANNOUNCED} if the last HELLO had none. */
    private int lastAnnouncedMetric = NOT_ANNOUNCED;

    /** How long a Seq lives on the links that its entry came over: a slow link on the way makes it longer. */
    int lifeMs;

    /** Of the newest signed Seq, of 32 bits; 0 in a network that lists no gateways. */
    int signedCount;

    KnownGateway(NodeId id, Seq seq) {
        super(id, seq);
    }

    /** What is left of its life, as this node's HELLO on {@code link} says: longer where HELLOs are rarer. */
    long leftMs(long nowMs, RoutingParameters link) {
        return expiresAtMs - nowMs + Math.max(0, link.gatewayLifetimeMs() - lifeMs);
    }

    /** -1 if the last HELLO had none. */
    long lastAnnouncedMetric() {
        return lastAnnouncedMetric == NOT_ANNOUNCED ? -1 : Integer.toUnsignedLong(lastAnnouncedMetric);
    }

    /** {@code metric}: -1 for none. */
    void announced(long metric) {
        lastAnnouncedMetric = (int) metric;
    }
}
