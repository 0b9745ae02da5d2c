package io.thicket.agent.link;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Timers;
import io.thicket.routing.LinkAddress;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link over one network interface: link-local multicast for frames to all, unicast for the others. IPv6 by the
 * interface's link-local address, IPv4 as fallback. Everything may be missing at the start or vanish later (interface,
 * carrier, address): the link says so in {@link #problem()} and recovers by itself.
 *
 * <p>Two sockets, each bound to a concrete address, so that neither can take the other's datagrams and no wildcard socket
 * is needed. ICMP errors are not seen: the JDK shows them on connected sockets only.
 */
public final class UdpLink extends DatagramLink {
    /** LL-MANET-Routers, RFC 5498. */
    private static final byte[] GROUP_IPV6 = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x6d};

    private static final byte[] GROUP_IPV4 = {(byte) 224, 0, 0, 109};

    private static final int IPV6_UDP_BYTES = 40 + 8;
    private static final int IPV4_UDP_BYTES = 20 + 8;

    private final UdpLinkSettings settings;

    /** Where the sockets are bound; null while the link is down. The receiver thread reads it. */
    private volatile @Nullable Place place;

    private List<InetSocketAddress> everybody = List.of();

    public UdpLink(UdpLinkSettings settings, Timers timers) {
        super(settings.name(), settings.linkClass(), settings.rateKbps(), timers);
        this.settings = settings;
    }

    @Override
    long check() {
        Place found;
        try {
            found = find();
        } catch (IOException e) {
            place = null;
            down(String.valueOf(e.getMessage()));
            return CHECK_MS;
        }
        if (isUp() && found.equals(place)) {
            return CHECK_MS;
        }
        return open(found);
    }

    @Override
    List<InetSocketAddress> everybody() {
        return everybody;
    }

    @Override
    InetSocketAddress toSocket(LinkAddress address) {
        Place here = place;
        return UdpAddress.toSocket(address, here == null ? 0 : here.index);
    }

    @Override
    boolean isNeighbour(InetSocketAddress from) {
        Place here = place;
        return here != null && here.isNeighbour(from.getAddress());
    }

    /** The address to use; an exception with a sentence for people if there is none. */
    private Place find() throws IOException {
        String name = settings.interfaceName();
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
                switch (settings.ip()) {
                    case AUTO -> ipv6 != null ? ipv6 : ipv4;
                    case IPV6 -> ipv6;
                    case IPV4 -> ipv4;
                };
        if (own == null) {
            String what = settings.ip() == IpVersion.IPV4 ? "an IPv4 address" : "a link-local address";
            throw new IOException("waiting for " + what + " on " + name);
        }
        return new Place(
                netInterface.getIndex(), netInterface.getMTU(), own.getAddress(), own.getNetworkPrefixLength());
    }

    private long open(Place found) {
        place = null;
        List<DatagramChannel> channels = new ArrayList<>();
        try {
            int mtuBytes = found.frameBytes();
            NetworkInterface netInterface = NetworkInterface.getByIndex(found.index);
            if (netInterface == null) {
                throw new IOException("the interface is gone");
            }
            InetSocketAddress group = new InetSocketAddress(found.group(), settings.port());
            DatagramChannel unicast = open(found, channels);
            unicast.setOption(StandardSocketOptions.IP_MULTICAST_IF, netInterface);
            unicast.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            unicast.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            unicast.bind(new InetSocketAddress(found.address(), settings.port()));
            DatagramChannel multicast = open(found, channels);
            // Links of IPv4 have one group address for all interfaces. Never on the unicast socket: it could be stolen.
            multicast.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            multicast.bind(group);
            multicast.join(found.group(), netInterface);
            everybody = List.of(group);
            place = found;
            up(unicast, channels, mtuBytes);
            return CHECK_MS;
        } catch (IOException e) {
            channels.forEach(DatagramReceiver::closeQuietly);
            place = null;
            // A link-local address is tentative for a second or two after it appeared: it cannot be bound yet.
            down("waiting for " + found.address().getHostAddress() + " port " + settings.port() + ": "
                    + e.getMessage());
            return SOON_MS;
        }
    }

    private static DatagramChannel open(Place place, List<DatagramChannel> channels) throws IOException {
        DatagramChannel channel = DatagramChannel.open(place.family());
        channels.add(channel);
        channel.configureBlocking(false);
        return channel;
    }

    /** An interface and our address on it; equal as long as sockets bound there work. */
    private record Place(int index, int mtuBytes, InetAddress address, int prefixBits) {
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
    }
}
