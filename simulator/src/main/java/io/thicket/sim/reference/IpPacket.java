package io.thicket.sim.reference;

import io.thicket.routing.DropReason;
import io.thicket.routing.wire.WireFormatException;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;

/**
 * An IPv4 packet (20 bytes of header) with a UDP datagram (8 bytes) in it. Sizes and places are those of RFC 791 and RFC
 * 768; the medium finds damage by itself, so the two checksum fields are free. Data uses them and the ports for what an
 * experiment wants to know of a message, and so has the size of the original's data packet.
 *
 * @param trafficClass the type-of-service byte
 * @param number 32 bits: identification and IP checksum; the number of a data message
 * @param timeToLive hops left, 0 to 255
 * @param source who made the packet, or the last hop that made it anew
 * @param destination an address of the plan or {@link AddressPlan#BROADCAST}
 * @param sourcePort of UDP; data carries the origin's boot here
 * @param destinationPort of UDP; tells protocols apart
 * @param payload what the datagram carries
 */
record IpPacket(
        int trafficClass,
        int number,
        int timeToLive,
        int source,
        int destination,
        int sourcePort,
        int destinationPort,
        ByteBuffer payload) {
    static final int HEADER_BYTES = 28;

    /** The usual first time to live. */
    static final int DEFAULT_TTL = 64;

    private static final byte VERSION_AND_LENGTH = 0x45;
    private static final byte UDP = 17;
    private static final int TTL_OFFSET = 8;
    private static final int DESTINATION_PORT_OFFSET = 22;

    /** Reads a whole packet; the addresses must be of {@code plan}. */
    static IpPacket parse(ByteBuffer frame, AddressPlan plan) throws WireFormatException {
        ByteBuffer in = frame.slice();
        if (in.remaining() < HEADER_BYTES) {
            throw new WireFormatException(Reason.TRUNCATED, "shorter than its headers");
        }
        byte versionAndLength = in.get();
        int trafficClass = in.get() & 0xff;
        int length = in.getShort() & 0xffff;
        int identification = in.getShort() & 0xffff;
        int fragment = in.getShort();
        int timeToLive = in.get() & 0xff;
        byte protocol = in.get();
        int checksum = in.getShort() & 0xffff;
        int source = in.getInt();
        int destination = in.getInt();
        int sourcePort = in.getShort() & 0xffff;
        int destinationPort = in.getShort() & 0xffff;
        int datagramLength = in.getShort() & 0xffff;
        in.getShort();
        if (versionAndLength != VERSION_AND_LENGTH || protocol != UDP || fragment != 0) {
            throw new WireFormatException(Reason.UNKNOWN_TYPE, "no whole UDP datagram over IPv4");
        }
        if (length != frame.remaining() || datagramLength != length - 20) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "lengths do not agree");
        }
        if (!plan.has(source) || destination != AddressPlan.BROADCAST && !plan.has(destination)) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "address outside the plan");
        }
        int number = checksum << 16 | identification;
        return new IpPacket(
                trafficClass, number, timeToLive, source, destination, sourcePort, destinationPort, in.slice());
    }

    /** The packet's bytes in a buffer of their own. */
    ByteBuffer toBytes() {
        int length = HEADER_BYTES + payload.remaining();
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(VERSION_AND_LENGTH).put((byte) trafficClass).putShort((short) length);
        out.putShort((short) number).putShort((short) 0).put((byte) timeToLive).put(UDP);
        out.putShort((short) (number >>> 16)).putInt(source).putInt(destination);
        out.putShort((short) sourcePort).putShort((short) destinationPort);
        out.putShort((short) (length - 20)).putShort((short) 0);
        return out.put(payload.duplicate()).flip();
    }

    /** The same packet one hop on. */
    static ByteBuffer oneHopOn(ByteBuffer frame) {
        ByteBuffer copy =
                ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip();
        copy.put(TTL_OFFSET, (byte) (copy.get(TTL_OFFSET) - 1));
        return copy;
    }

    /** The destination port of a frame that may be anything, -1 if it has none. */
    static int portOf(ByteBuffer frame) {
        return frame.remaining() < HEADER_BYTES
                ? -1
                : frame.getShort(frame.position() + DESTINATION_PORT_OFFSET) & 0xffff;
    }

    /** A control packet of one hop's way. */
    static ByteBuffer control(int source, int destination, int timeToLive, int port, ByteBuffer payload) {
        return new IpPacket(0, 0, timeToLive, source, destination, port, port, payload).toBytes();
    }

    /** What ended a packet on a router that could not send it on. */
    static DropReason reasonFor(int timeToLive) {
        return timeToLive <= 1 ? DropReason.HOP_LIMIT : DropReason.NO_ROUTE;
    }
}
