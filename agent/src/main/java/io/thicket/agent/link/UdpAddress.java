package io.thicket.agent.link;

import io.thicket.routing.LinkAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** UDP addresses as link addresses: the 4 or 16 bytes of the IP address, then the port in two, big-endian. */
final class UdpAddress {
    private static final int PORT_BYTES = 2;

    private UdpAddress() {}

    static LinkAddress toLink(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        byte[] bytes = Arrays.copyOf(ip, ip.length + PORT_BYTES);
        bytes[ip.length] = (byte) (address.getPort() >> 8);
        bytes[ip.length + 1] = (byte) address.getPort();
        return LinkAddress.of(bytes);
    }

    /** @param scopeId index of the interface that an IPv6 link-local address belongs to; 0 for none */
    static InetSocketAddress toSocket(LinkAddress address, int scopeId) {
        byte[] bytes = address.toBytes();
        int ipBytes = bytes.length - PORT_BYTES;
        if (ipBytes != 4 && ipBytes != 16) {
            throw new IllegalArgumentException("not the address of a UDP link: " + address);
        }
        int port = (bytes[ipBytes] & 0xff) << 8 | bytes[ipBytes + 1] & 0xff;
        return new InetSocketAddress(ip(Arrays.copyOf(bytes, ipBytes), scopeId), port);
    }

    /** The address, made without a name service. A scope is kept for link-local addresses only. */
    static InetAddress ip(byte[] bytes, int scopeId) {
        try {
            InetAddress plain = InetAddress.getByAddress(bytes);
            boolean scoped = plain.isLinkLocalAddress() || plain.isMCLinkLocal();
            return plain instanceof Inet6Address && scoped && scopeId > 0
                    ? Inet6Address.getByAddress(null, bytes, scopeId)
                    : plain;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address of " + bytes.length + " bytes", e);
        }
    }
}
