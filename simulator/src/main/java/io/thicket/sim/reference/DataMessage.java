package io.thicket.sim.reference;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.wire.WireFormatException;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;

/** A DATA message as a UDP datagram over IPv4, as AODV and Babel forward it. */
@SuppressWarnings("EnumOrdinal") // PayloadType defines its wire value as the ordinal.
final class DataMessage {
    /** RFC 7252 s6.1: what mesh payloads are addressed to. */
    static final int PORT = 5683;

    private static final int SETTLE_BIT = 0x80;
    private static final int TYPE_MASK = 0x0f;
    private static final long MAX_NUMBER = 0xffff_ffffL;

    private DataMessage() {}

    /** A new message of the node with address {@code self}. */
    static ByteBuffer frame(
            int self,
            long epoch,
            long number,
            int destination,
            PayloadType type,
            boolean wantsSettle,
            ByteBuffer payload) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("message number " + number);
        }
        int trafficClass = type.ordinal() | (wantsSettle ? SETTLE_BIT : 0);
        int boot = (int) (epoch & 0xffff);
        return new IpPacket(trafficClass, (int) number, IpPacket.DEFAULT_TTL, self, destination, boot, PORT, payload)
                .toBytes();
    }

    /** Whether the packet is a DATA message that can be taken; anything else is malformed. */
    static void check(IpPacket packet) throws WireFormatException {
        int type = packet.trafficClass() & TYPE_MASK;
        if (packet.destinationPort() != PORT
                || type >= PayloadType.values().length
                || packet.number() == 0
                || packet.destination() == AddressPlan.BROADCAST) {
            throw new WireFormatException(Reason.UNKNOWN_TYPE, "no DATA message");
        }
    }

    static MessageId idOf(IpPacket packet, AddressPlan plan) {
        return new MessageId(
                plan.nodeAt(packet.source()), packet.sourcePort(), Integer.toUnsignedLong(packet.number()));
    }

    static Destination destinationOf(IpPacket packet, AddressPlan plan) {
        return Destination.node(plan.nodeAt(packet.destination()));
    }

    /** Hands a message to the application of its destination. */
    static void deliver(IpPacket packet, AddressPlan plan, RouterEffects effects) {
        PayloadType type = PayloadType.values()[packet.trafficClass() & TYPE_MASK];
        int hops = IpPacket.DEFAULT_TTL - packet.timeToLive() + 1;
        boolean wantsSettle = (packet.trafficClass() & SETTLE_BIT) != 0;
        effects.deliver(
                idOf(packet, plan), type, hops, 0, wantsSettle, packet.payload().duplicate());
    }
}
