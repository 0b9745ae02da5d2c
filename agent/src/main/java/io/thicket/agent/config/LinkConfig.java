package io.thicket.agent.config;

import io.thicket.routing.LinkClass;
import java.util.List;

/** One {@code [[link]]}. */
public sealed interface LinkConfig {
    /** Port of hop messages on named interfaces. */
    int DEFAULT_UDP_PORT = 5690;

    /** Unique among the node's links; the interface's name or {@code peers} if none is given. */
    String name();

    /** Selects the timers. */
    LinkClass linkClass();

    /** The basic rate in kbit/s. */
    int rateKbps();

    /** The rate of a class if the file gives none, in kbit/s. */
    static int defaultRateKbps(LinkClass linkClass) {
        return switch (linkClass) {
            case ETHERNET -> 100_000;
            case WIFI -> 6_000;
            case LORA -> 5;
        };
    }

    /** {@code type = "udp"}: everyone in reach of an interface, found by multicast. */
    record Udp(String name, LinkClass linkClass, int rateKbps, String interfaceName, IpVersion ip, int port)
            implements LinkConfig {}

    /**
     * {@code type = "peers"}: unicast UDP to listed addresses.
     *
     * @param acceptUnknown whether frames from other addresses are taken, too
     */
    record Peers(
            String name,
            LinkClass linkClass,
            int rateKbps,
            HostPort listen,
            List<HostPort> peers,
            boolean acceptUnknown)
            implements LinkConfig {
        public Peers {
            peers = List.copyOf(peers);
        }
    }

    /** Which IP an interface's link speaks. */
    enum IpVersion {
        /** IPv6 if the interface has a link-local address, else IPv4. */
        AUTO,
        IPV6,
        IPV4
    }
}
