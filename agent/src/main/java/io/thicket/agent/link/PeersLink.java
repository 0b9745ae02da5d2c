package io.thicket.agent.link;

import io.thicket.agent.port.Timers;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A link over unicast UDP to listed addresses: demos on loopback, tunnels, networks that filter multicast. A frame to all
 * is one datagram to each peer. Frames from others are dropped unless the settings accept them.
 */
public final class PeersLink extends DatagramLink {
    private final PeersLinkSettings settings;

    /** Immutable after construction: the receiver thread reads it. */
    private final Map<LinkAddress, InetSocketAddress> peers = new LinkedHashMap<>();

    public PeersLink(PeersLinkSettings settings, Timers timers) {
        super(settings.name(), settings.linkClass(), settings.rateKbps(), timers);
        this.settings = settings;
        for (InetSocketAddress peer : settings.peers()) {
            peers.put(UdpAddress.toLink(peer), peer);
        }
    }

    @Override
    long check() {
        if (!isUp()) {
            open();
        }
        return CHECK_MS;
    }

    @Override
    List<InetSocketAddress> everybody() {
        return settings.peers();
    }

    @Override
    InetSocketAddress toSocket(LinkAddress address) {
        InetSocketAddress listed = peers.get(address); // Knows the scope of a link-local peer.
        return listed != null ? listed : UdpAddress.toSocket(address, 0);
    }

    @Override
    boolean isNeighbour(InetSocketAddress from) {
        return settings.acceptUnknown() || peers.containsKey(UdpAddress.toLink(from));
    }

    private void open() {
        InetSocketAddress listen = settings.listen();
        boolean ipv4 = listen.getAddress() instanceof Inet4Address;
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
            channel.configureBlocking(false);
            channel.bind(listen);
            up(channel, List.of(channel), LinkInfo.MAX_MTU_BYTES);
        } catch (IOException e) {
            if (channel != null) {
                DatagramReceiver.closeQuietly(channel);
            }
            down("cannot listen on " + listen.getAddress().getHostAddress() + " port " + listen.getPort() + ": "
                    + e.getMessage());
        }
    }
}
