package io.thicket.sim.reference;

import io.thicket.routing.GatewayState;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.SettleStatus;
import java.nio.ByteBuffer;

/**
 * A protocol to compare with. Its frames are all that lies above the MAC (IPv4 and UDP headers are in them where the
 * original has such), so whoever counts bytes or airtime adds the MAC's own and LLC/SNAP and nothing else. Messages are
 * fire and forget: nothing is settled end to end, and the age of a delivered message is not carried (always 0).
 */
public interface ReferenceRouter extends MeshRouter, FrameKinds {
    /** Bytes of one frame that are not payload. */
    int headerBytes();

    @Override
    default void onReply(
            long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects) {
        // Acknowledgement of a hop is the MAC's business here.
    }

    @Override
    default void settle(long nowMs, MessageId message, SettleStatus status, RouterEffects effects) {
        // None of the originals confirms end to end.
    }

    @Override
    default void gatewayState(long nowMs, GatewayState state, RouterEffects effects) {
        // Gateways are configured by address.
    }
}
