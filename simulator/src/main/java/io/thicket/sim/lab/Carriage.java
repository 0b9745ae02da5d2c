package io.thicket.sim.lab;

import io.thicket.routing.MeshRouter;
import io.thicket.sim.medium.wifi.Dcf;

/** How long a router's frame is on the air, from the first byte of the MAC header to the last of the FCS. */
enum Carriage {
    /** Thicket: one CoAP message in UDP over IPv6; the CoAP part is that of the agent's {@code HopEnvelope}. */
    COAP(48, 10, 7, 5),
    /** The references: their frames are whole packets, with the headers that their specifications give them. */
    PACKET(0, 0, 0, 0);

    private final int below;
    private final int nonConfirmable;
    private final int confirmable;
    private final int reply;

    Carriage(int headers, int nonConfirmable, int confirmable, int reply) {
        this.below = Dcf.MAC_HEADER_BYTES + Dcf.LLC_BYTES + headers + Dcf.FCS_BYTES;
        this.nonConfirmable = nonConfirmable;
        this.confirmable = confirmable;
        this.reply = reply;
    }

    /** Of a CoAP message, or of a packet, of that length. */
    int datagramBytes(int length) {
        return below + length;
    }

    int frameBytes(int sealedBytes, int exchange) {
        return below + sealedBytes + (exchange == MeshRouter.NO_EXCHANGE ? nonConfirmable : confirmable);
    }

    int replyBytes(int sealedBytes) {
        return below + sealedBytes + reply;
    }
}
