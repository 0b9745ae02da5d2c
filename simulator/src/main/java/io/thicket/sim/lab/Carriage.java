package io.thicket.sim.lab;

import io.thicket.routing.MeshRouter;
import io.thicket.sim.medium.wifi.Phy;

/** How long a router's frame is on the air, from the first byte of the MAC header to the last of the FCS. */
enum Carriage {
    /** Thicket: one CoAP message, on Wi-Fi in UDP over IPv6; the CoAP part is that of the agent's {@code HopEnvelope}. */
    COAP(48, 10, 7, 5),
    /** The references: their frames are whole packets, with the headers that their specifications give them. */
    PACKET(0, 0, 0, 0);

    private final int headers;
    private final int nonConfirmable;
    private final int confirmable;
    private final int reply;

    Carriage(int headers, int nonConfirmable, int confirmable, int reply) {
        this.headers = headers;
        this.nonConfirmable = nonConfirmable;
        this.confirmable = confirmable;
        this.reply = reply;
    }

    /** Of a CoAP message, or of a packet, of that length. */
    int datagramBytes(Phy phy, int length) {
        return phy.headerBytes() + (phy.internet() ? headers : 0) + length;
    }

    int frameBytes(Phy phy, int sealedBytes, int exchange) {
        return datagramBytes(phy, sealedBytes + (exchange == MeshRouter.NO_EXCHANGE ? nonConfirmable : confirmable));
    }

    int replyBytes(Phy phy, int sealedBytes) {
        return datagramBytes(phy, sealedBytes + reply);
    }
}
