package io.thicket.agent.link;

import io.thicket.agent.port.Timers;
import io.thicket.routing.LinkAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
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
            found = Place.find(settings.interfaceName(), settings.ip());
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
        return UdpAddress.toSocket(address, here == null ? 0 : here.index());
    }

    @Override
    boolean isNeighbour(InetSocketAddress from) {
        Place here = place;
        return here != null && here.isNeighbour(from.getAddress());
    }

    private long open(Place found) {
        place = null;
        List<DatagramChannel> channels = new ArrayList<>();
        try {
            int mtuBytes = found.frameBytes();
            NetworkInterface netInterface = NetworkInterface.getByIndex(found.index());
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
            found.join(multicast, group, netInterface);
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
}
