package io.thicket.agent.cli;

import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.LinkConfig;
import io.thicket.agent.link.IpVersion;
import io.thicket.agent.link.PeersLink;
import io.thicket.agent.link.PeersLinkSettings;
import io.thicket.agent.link.UdpLink;
import io.thicket.agent.link.UdpLinkSettings;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Makes links from their configuration. Names of peers are looked up here, once; a link never looks one up. */
final class LinkFactory {
    private LinkFactory() {}

    static List<Link> create(List<LinkConfig> configs, Timers timers) throws Failure {
        List<Link> links = new ArrayList<>();
        for (LinkConfig config : configs) {
            links.add(create(config, timers));
        }
        return links;
    }

    private static Link create(LinkConfig config, Timers timers) throws Failure {
        if (config instanceof LinkConfig.Udp udp) {
            return new UdpLink(
                    new UdpLinkSettings(
                            udp.name(),
                            udp.interfaceName(),
                            udp.linkClass(),
                            udp.rateKbps(),
                            udp.port(),
                            IpVersion.valueOf(udp.ip().name())),
                    timers);
        }
        if (config instanceof LinkConfig.Peers peers) {
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (HostPort peer : peers.peers()) {
                addresses.add(resolve(peer));
            }
            try {
                return new PeersLink(
                        new PeersLinkSettings(
                                peers.name(),
                                resolve(peers.listen()),
                                addresses,
                                peers.linkClass(),
                                peers.rateKbps(),
                                peers.acceptUnknown()),
                        timers);
            } catch (IllegalArgumentException e) {
                throw new Failure(ExitCode.CONFIG, "link '" + peers.name() + "': " + e.getMessage());
            }
        }
        throw new AssertionError("a link of an unknown type: " + config);
    }

    /** The address of {@code hostPort}. */
    static InetSocketAddress resolve(HostPort hostPort) throws Failure {
        try {
            return new InetSocketAddress(InetAddress.getByName(hostPort.host()), hostPort.port());
        } catch (UnknownHostException e) {
            throw new Failure(
                    ExitCode.CONFIG,
                    "no address is known for '" + hostPort.host()
                            + "'; write it as numbers, or put it into /etc/hosts");
        }
    }
}
