package io.thicket.sim.pcap;

import java.nio.ByteBuffer;

/** UDP datagrams over IPv6 as nodes would send them: link-local addresses made of node numbers, and the group of all mesh routers. */
final class Udp6 {
    /** CoAP's own port: the mesh uses 5690, which Wireshark would have to be told. */
    static final int PORT = 5683;

    private static final int HEADER_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int UDP = 17;
    private static final int ADDRESS_BYTES = 16;

    private Udp6() {}

    /** fe80::NUMBER of a node from 0, so that node 0 is fe80::1. */
    static byte[] address(int node) {
        ByteBuffer address = ByteBuffer.allocate(ADDRESS_BYTES);
        address.put((byte) 0xfe).put((byte) 0x80).position(8);
        address.putLong(node + 1L);
        return address.array();
    }

    /** ff02::6d, LL-MANET-Routers (RFC 5498). */
    static byte[] everyone() {
        byte[] address = new byte[ADDRESS_BYTES];
        address[0] = (byte) 0xff;
        address[1] = 0x02;
        address[ADDRESS_BYTES - 1] = 0x6d;
        return address;
    }

    /** The whole packet, from the IPv6 header on. */
    static ByteBuffer packet(byte[] from, byte[] to, byte[] payload) {
        int length = UDP_BYTES + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + length);
        packet.putInt(0x60000000).putShort((short) length).put((byte) UDP).put((byte) 1);
        packet.put(from).put(to);
        packet.putShort((short) PORT)
                .putShort((short) PORT)
                .putShort((short) length)
                .putShort((short) 0);
        packet.put(payload);
        packet.putShort(HEADER_BYTES + 6, checksum(packet, length));
        return packet.flip();
    }

    /** RFC 8200 s8.1: over the pseudo-header (addresses, length, next header) and the datagram; 0 is sent as all ones. */
    private static short checksum(ByteBuffer packet, int length) {
        long sum = (long) length + UDP;
        for (int i = 8; i < HEADER_BYTES + length; i += 2) {
            int low = i + 1 < HEADER_BYTES + length ? packet.get(i + 1) & 0xff : 0;
            sum += (packet.get(i) & 0xffL) << 8 | low;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        short complement = (short) ~sum;
        return complement == 0 ? (short) 0xffff : complement;
    }
}
