package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.wire.WireLimits;

/**
 * Whom a session is with, over which link, and whether it is alive: what each frame of a neighbour asks for, so that it stands with the link's
 * quality in front of the rest of a {@link Neighbor}.
 */
abstract class SessionState extends LinkQuality {
    final NodeId id;
    final int bootTag;
    final Interface link;
    LinkAddress address;
    NeighborState state = NeighborState.HEARD;

    /** The session is over for good. */
    boolean ended;

    long lastHeardMs;

    /** Its HELLOs come at least as often as this; of 32 bits, as on the wire. */
    int announcedIntervalMs;

    SessionState(long nowMs, NodeId id, int bootTag, Interface link, LinkAddress address) {
        this.id = id;
        this.bootTag = bootTag;
        this.link = link;
        this.address = address;
        this.lastHeardMs = nowMs;
        this.announcedIntervalMs = (int) Math.min(WireLimits.MAX_U32, link.parameters.helloMaxMs());
    }

    /** Its HELLOs come at least as often as this. */
    final long announcedIntervalMs() {
        return Integer.toUnsignedLong(announcedIntervalMs);
    }
}
