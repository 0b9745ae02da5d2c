package io.thicket.agent.doctor;

import io.thicket.agent.config.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** Whether the UDP ports that the node wants are free, or held by the node itself. */
final class PortCheck {
    private PortCheck() {}

    /** The agent that holds the first of {@code listen}, {@link OwnAgent#none()} if it is free or held by something else. */
    static OwnAgent holder(List<HostPort> listen) {
        for (HostPort hostPort : listen) {
            InetSocketAddress address = address(hostPort);
            if (!address.isUnresolved()) {
                try {
                    bind(address);
                } catch (IOException e) {
                    OwnAgent agent = OwnAgent.at(address);
                    if (!agent.name().isEmpty()) {
                        return agent;
                    }
                }
            }
        }
        return OwnAgent.none();
    }

    /** {@code name}: of the configured node. */
    static Finding look(String area, HostPort hostPort, OwnAgent agent, String name) {
        InetSocketAddress address = address(hostPort);
        if (address.isUnresolved()) {
            return Finding.error(
                    area,
                    "no address is known for " + hostPort.host(),
                    "write it as numbers, or put it into /etc/hosts");
        }
        try {
            bind(address);
            return Finding.ok(area, hostPort + " is free");
        } catch (IOException e) {
            return taken(area, hostPort.toString(), hostPort.port(), e, agent, name);
        }
    }

    /** A port that could not be bound because of {@code why}. */
    static Finding taken(String area, String what, int port, IOException why, OwnAgent agent, String name) {
        String message = String.valueOf(why.getMessage());
        if (message.contains("Permission denied")) {
            return Finding.error(
                    area,
                    what + " may not be opened by this user",
                    "choose a port from 1024, or give the service AmbientCapabilities=CAP_NET_BIND_SERVICE");
        }
        if (message.contains("assign requested address")) {
            return Finding.error(area, what + " is no address of this machine", "see: ip address");
        }
        if (why instanceof BindException
                && !agent.name().isEmpty()
                && agent.name().equals(name)) {
            return Finding.ok(area, what + " is held by this node, which is running");
        }
        String holder = agent.name().isEmpty() ? "another program" : "the running node " + agent.name();
        return Finding.error(
                area,
                what + (why instanceof BindException ? " is taken by " + holder : " cannot be opened: " + message),
                "see who has it: sudo ss -lunp 'sport = :" + port + "'; stop it, or choose another port");
    }

    static InetSocketAddress address(HostPort hostPort) {
        return new InetSocketAddress(hostPort.host(), hostPort.port());
    }

    private static void bind(InetSocketAddress address) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(address);
        }
    }
}
