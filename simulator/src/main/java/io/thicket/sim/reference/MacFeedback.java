package io.thicket.sim.reference;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.RouterEffects;
import java.nio.ByteBuffer;

/**
 * What a router can be told that a plain link failure does not say: which frame was given up. The caller reports a frame
 * here and the neighbour through {@link io.thicket.routing.MeshRouter#onLinkFailure}, in any order.
 */
public interface MacFeedback {
    /** The MAC gave up the unicast {@code frame} to {@code to} after its last retry. */
    void onTransmitFailed(long nowMs, LinkId link, LinkAddress to, ByteBuffer frame, RouterEffects effects);
}
