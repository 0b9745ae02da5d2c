package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/** What is asked of a gateway after each frame: the JVM puts it together, in front of the rest of a {@link KnownGateway}. */
abstract class GatewayOffer {
    /** The {@link #id} as a number: a search need not look at that. */
    final long name;

    final NodeId id;

    /** A {@link PackedSeq}. */
    long seq;

    long expiresAtMs;
    boolean uplink;
    boolean backlog;
    boolean accepting;
    byte loadPercent;

    /** What the routing table had of it when the {@link GatewayTable} looked last. */
    @Nullable
    RouteEntry route;

    GatewayOffer(NodeId id, Seq seq) {
        this.name = id.value();
        this.id = id;
        this.seq = PackedSeq.of(seq);
    }

    /** Made anew by each call. */
    final Seq seq() {
        return PackedSeq.unpack(seq);
    }

    final long epoch() {
        return PackedSeq.epoch(seq);
    }

    /** Whether the gateway announces a working uplink and its announcement still lives. */
    final boolean isOffered(long nowMs) {
        return uplink && expiresAtMs - nowMs > 0;
    }
}
