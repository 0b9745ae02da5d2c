package io.thicket.agent.link;

import io.thicket.routing.LinkClass;

/**
 * What a {@link UdpLink} is told.
 *
 * @param name for people and for the status page
 * @param interfaceName of the network interface, e.g. {@code wlan0}; it need not exist yet
 * @param linkClass selects timers
 * @param rateKbps the basic rate in kbit/s, at least 1
 * @param port of the mesh, 1..65535; the same on all nodes
 */
public record UdpLinkSettings(
        String name, String interfaceName, LinkClass linkClass, int rateKbps, int port, IpVersion ip) {
    /** The mesh port unless configured. */
    public static final int DEFAULT_PORT = 5690;

    public UdpLinkSettings {
        if (!interfaceName.matches("[^/\\s\\p{Cntrl}]{1,15}")) { // What Linux takes.
            throw new IllegalArgumentException("not the name of a network interface: '" + interfaceName + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
        if (rateKbps < 1) {
            throw new IllegalArgumentException("rate " + rateKbps + " kbit/s");
        }
    }
}
