package io.thicket.sim.bridge;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.HostPort;
import io.thicket.sim.scenario.file.BridgePlan;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The UDP addresses of a bridged run, looked up once before it begins. */
final class Addresses {
    private final Map<Integer, InetSocketAddress> coap = new LinkedHashMap<>();
    private final List<InetSocketAddress> listen = new ArrayList<>();
    private final List<List<InetSocketAddress>> peers = new ArrayList<>();

    /** Looks names up; a name without an address is a {@link Failure} that says which. */
    Addresses(BridgePlan plan) throws Failure {
        for (int node : plan.coap()) {
            coap.put(node, resolve(new HostPort(plan.bind(), plan.coapPort() + node)));
        }
        for (BridgePlan.Link link : plan.links()) {
            listen.add(resolve(link.listen()));
            List<InetSocketAddress> its = new ArrayList<>();
            for (HostPort peer : link.peers()) {
                its.add(resolve(peer));
            }
            peers.add(its);
        }
    }

    private static InetSocketAddress resolve(HostPort address) throws Failure {
        try {
            return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (UnknownHostException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "no address is known for '" + address.host() + "'; write it as numbers, or put it into /etc/hosts");
        }
    }

    /** Where the node answers CoAP, empty if it does not. */
    Optional<InetSocketAddress> coap(int node) {
        return Optional.ofNullable(coap.get(node));
    }

    /** Where the simulated end of the plan's link number {@code link} receives. */
    InetSocketAddress listen(int link) {
        return listen.get(link);
    }

    /** Where its real agents receive. */
    List<InetSocketAddress> peers(int link) {
        return peers.get(link);
    }

    /** Every address that the run listens at. */
    private List<InetSocketAddress> all() {
        List<InetSocketAddress> all = new ArrayList<>(coap.values());
        all.addAll(listen);
        return all;
    }

    /** Addresses that other machines may reach. */
    List<InetSocketAddress> open() {
        return all().stream()
                .filter(address -> !address.getAddress().isLoopbackAddress())
                .toList();
    }

    /** Opens each for a moment: what is taken is better known before the run than in the middle of it. */
    void tryAll() throws Failure {
        for (InetSocketAddress address : all()) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(address);
            } catch (IOException e) {
                throw new Failure(
                        ExitCode.UNAVAILABLE,
                        "UDP " + text(address) + " cannot be listened at: " + e.getMessage()
                                + " (does another run or agent have it? [bridge] coap_port and [[bridge_link]] listen say which"
                                + " are wanted)");
            }
        }
    }

    /** {@code 127.0.0.1:5800}, {@code [::1]:5800}. */
    static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }
}
