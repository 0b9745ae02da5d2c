package io.thicket.agent.link;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.LinkInfo;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network interface and our address on it; equal as long as sockets bound there work. */
record Place(int index, int mtuBytes, InetAddress address, int prefixBits) {
    /** LL-MANET-Routers, RFC 5498. */
    private static final byte[] GROUP_IPV6 = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x6d};

    private static final byte[] GROUP_IPV4 = {(byte) 224, 0, 0, 109};

    private static final int IPV6_UDP_BYTES = 40 + 8;
    private static final int IPV4_UDP_BYTES = 20 + 8;

    /** The address to use; an exception with a sentence for people if there is none. */
    static Place find(String name, IpVersion ip) throws IOException {
        NetworkInterface netInterface = NetworkInterface.getByName(name);
        if (netInterface == null) {
            // The JDK does not see an interface without any address.
            boolean exists = Files.exists(Path.of("/proc/sys/net/ipv4/conf", name));
            throw new IOException(
                    exists ? "interface " + name + " is down or has no address" : "there is no interface " + name);
        }
        if (!netInterface.isUp()) {
            throw new IOException("interface " + name + " is down");
        }
        InterfaceAddress ipv6 = null;
        InterfaceAddress ipv4 = null;
        for (InterfaceAddress candidate : netInterface.getInterfaceAddresses()) {
            InetAddress address = candidate.getAddress();
            if (address instanceof Inet4Address) {
                ipv4 = ipv4 == null ? candidate : ipv4;
            } else if (address.isLinkLocalAddress()) {
                ipv6 = ipv6 == null ? candidate : ipv6;
            }
        }
        InterfaceAddress own =
                switch (ip) {
                    case AUTO -> ipv6 != null ? ipv6 : ipv4;
                    case IPV6 -> ipv6;
                    case IPV4 -> ipv4;
                };
        if (own == null) {
            String what = ip == IpVersion.IPV4 ? "an IPv4 address" : "a link-local address";
            throw new IOException("waiting for " + what + " on " + name);
        }
        return new Place(
                netInterface.getIndex(), netInterface.getMTU(), own.getAddress(), own.getNetworkPrefixLength());
    }

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    ProtocolFamily family() {
        return isIpv4() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    InetAddress group() {
        return isIpv4() ? UdpAddress.ip(GROUP_IPV4, 0) : UdpAddress.ip(GROUP_IPV6, index);
    }

    int frameBytes() throws IOException {
        int headers = (isIpv4() ? IPV4_UDP_BYTES : IPV6_UDP_BYTES) + HopEnvelope.MAX_OVERHEAD_BYTES;
        int bytes = Math.min(LinkInfo.MAX_MTU_BYTES, mtuBytes - headers);
        if (bytes < LinkInfo.MIN_MTU_BYTES) {
            throw new IOException("the MTU of " + mtuBytes + " bytes is too small");
        }
        return bytes;
    }

    /** On this link, and not ourselves: our own multicast may come back from a bridge. */
    boolean isNeighbour(InetAddress from) {
        if (from.equals(address)) {
            return false;
        }
        return isIpv4() ? isOnSubnet(from) : from.isLinkLocalAddress();
    }

    private boolean isOnSubnet(InetAddress from) {
        byte[] a = from.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < prefixBits; i++) {
            if (((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Makes {@code channel} a receiver of the group. */
    void join(DatagramChannel channel, InetSocketAddress group, NetworkInterface netInterface) throws IOException {
        // Links of IPv4 have one group address for all interfaces. Never on the unicast socket: it could be stolen.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(group);
        channel.join(group(), netInterface);
    }
}
