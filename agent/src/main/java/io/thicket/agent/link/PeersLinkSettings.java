package io.thicket.agent.link;

import io.thicket.routing.LinkClass;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a {@link PeersLink} is told. Addresses are resolved: a link never looks a name up.
 *
 * @param name for people and for the status page
 * @param listen where this node receives; its port is also the one it sends from
 * @param peers at most {@link #MAX_PEERS}, none of them {@code listen} itself
 * @param linkClass selects timers
 * @param rateKbps the basic rate in kbit/s, at least 1
 * @param acceptUnknown whether frames from others than the listed peers are taken
 */
public record PeersLinkSettings(
        String name,
        InetSocketAddress listen,
        List<InetSocketAddress> peers,
        LinkClass linkClass,
        int rateKbps,
        boolean acceptUnknown) {
    /** Each frame to all costs one datagram per peer. */
    public static final int MAX_PEERS = 64;

    public PeersLinkSettings {
        peers = List.copyOf(peers);
        if (peers.size() > MAX_PEERS) {
            throw new IllegalArgumentException("more than " + MAX_PEERS + " peers");
        }
        if (listen.isUnresolved() || listen.getPort() == 0) {
            throw new IllegalArgumentException("listen address " + listen);
        }
        for (InetSocketAddress peer : peers) {
            if (peer.isUnresolved() || peer.getPort() == 0 || peer.equals(listen)) {
                throw new IllegalArgumentException("peer address " + peer);
            }
            if (listen.getAddress() instanceof Inet4Address && !(peer.getAddress() instanceof Inet4Address)) {
                throw new IllegalArgumentException("an IPv4 listen address cannot reach " + peer);
            }
        }
        if (rateKbps < 1) {
            throw new IllegalArgumentException("rate " + rateKbps + " kbit/s");
        }
    }
}
