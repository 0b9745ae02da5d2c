package io.thicket.sim.demo;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.Topology;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The demo's nodes and who hears whom. Used by the demo's thread only. */
final class DemoNetwork implements AutoCloseable {
    /** The CoAP port people expect (RFC 7252 section 6.1); taken if it is free. */
    private static final int COAP_PORT = 5683;

    private final Topology topology;
    private final List<DemoNode> nodes = new ArrayList<>();
    private final Map<NodeId, DemoNode> byId = new LinkedHashMap<>();
    private InetSocketAddress coap;

    /** The way of one node to the gateway: who forwards, itself first and the gateway last; empty if there is none. */
    record Way(DemoNode from, List<DemoNode> nodes) {
        boolean isWhole() {
            return !nodes.isEmpty() && nodes.get(nodes.size() - 1).isGateway();
        }

        int hops() {
            return isWhole() ? nodes.size() - 1 : -1;
        }
    }

    /** Nodes that are off. */
    DemoNetwork(int size, Seeds seeds, String brokerUrl, ReadingBook book, LongSupplier clockMs) throws IOException {
        topology = Topology.ladder(size, layerWidth(size));
        coap = new InetSocketAddress(loopback(), freeUdpPort(COAP_PORT));
        DemoNode.Wiring wiring = new DemoNode.Wiring(seeds, book, brokerUrl, this::coap, freeSockets(size), clockMs);
        for (int number = 0; number < size; number++) {
            DemoNode node = new DemoNode(wiring, number);
            nodes.add(node);
            byId.put(node.id(), node);
            book.alias(node.id().toString(), node.name());
        }
    }

    /** Two to a layer make the most hops of twelve nodes; larger networks grow in both directions. */
    static int layerWidth(int size) {
        return Math.max(2, (int) Math.round(Math.sqrt((size - 1) / 3.0)));
    }

    void start() throws IOException {
        for (DemoNode node : nodes) {
            try {
                start(node);
            } catch (IOException e) {
                if (!node.isGateway()) {
                    throw e;
                }
                // Somebody else took the CoAP port since it was free.
                coap = new InetSocketAddress(loopback(), freeUdpPort(0));
                start(node);
            }
        }
    }

    void start(DemoNode node) throws IOException {
        node.start(topology.neighbors(nodes.indexOf(node)));
    }

    List<DemoNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Where the gateway answers CoAP. */
    InetSocketAddress coap() {
        return coap;
    }

    /** The node farthest from the gateway. */
    DemoNode farthest() {
        return nodes.get(nodes.size() - 1);
    }

    /** The present boot of each living node. */
    Map<String, Integer> living() {
        Map<String, Integer> living = new TreeMap<>();
        for (DemoNode node : nodes) {
            if (node.isUp()) {
                living.put(node.name(), node.boots());
            }
        }
        return living;
    }

    /** The ways of all living nodes but the gateway, from one picture of each. */
    List<Way> ways() {
        Map<DemoNode, DemoNode> nextHops = new LinkedHashMap<>();
        for (DemoNode node : nodes) {
            nextHop(node).ifPresent(next -> nextHops.put(node, next));
        }
        List<Way> ways = new ArrayList<>();
        for (DemoNode node : nodes) {
            if (node.isUp() && !node.isGateway()) {
                ways.add(new Way(node, walk(node, nextHops)));
            }
        }
        return ways;
    }

    /** Whether every living node has a way over living nodes. */
    static boolean isHealed(List<Way> ways) {
        return ways.stream().allMatch(Way::isWhole);
    }

    /** The relay whose death cuts the most ways while all others stay connected; empty if no relay is in use. */
    Optional<DemoNode> busiestRelay(List<Way> ways) {
        DemoNode busiest = null;
        int most = 0;
        for (DemoNode node : nodes) {
            int users = 0;
            for (Way way : ways) {
                users += way.isWhole() && way.from() != node && way.nodes().contains(node) ? 1 : 0;
            }
            if (!node.isGateway() && node.isUp() && users > most && staysConnectedWithout(node)) {
                busiest = node;
                most = users;
            }
        }
        return Optional.ofNullable(busiest);
    }

    @Override
    public void close() {
        // The gateway last: what the others hand over in their last two seconds still gets out.
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).stop();
        }
    }

    private boolean staysConnectedWithout(DemoNode dying) {
        List<Topology.Edge> edges = new ArrayList<>();
        for (Topology.Edge edge : topology.edges()) {
            DemoNode a = nodes.get(edge.a());
            DemoNode b = nodes.get(edge.b());
            if (a.isUp() && b.isUp() && a != dying && b != dying) {
                edges.add(edge);
            }
        }
        int[] hops = new Topology("living", nodes.size(), edges).hopsFrom(0);
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isUp() && nodes.get(i) != dying && hops[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private Optional<DemoNode> nextHop(DemoNode node) {
        return node.snapshot().flatMap(picture -> {
            NodeId gateway = nodes.get(0).id();
            for (Route route : picture.routing().routes()) {
                if (route.destination().equals(gateway) && route.nextHop() != null) {
                    return Optional.ofNullable(byId.get(route.nextHop()));
                }
            }
            return Optional.empty();
        });
    }

    private static List<DemoNode> walk(DemoNode from, Map<DemoNode, DemoNode> nextHops) {
        List<DemoNode> way = new ArrayList<>();
        DemoNode node = from;
        while (node != null && node.isUp() && !way.contains(node)) {
            way.add(node);
            node = node.isGateway() ? null : nextHops.get(node);
        }
        return way;
    }

    private static List<InetSocketAddress> freeSockets(int count) throws IOException {
        List<DatagramSocket> held = new ArrayList<>();
        List<InetSocketAddress> addresses = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));
                held.add(socket);
                addresses.add(new InetSocketAddress(loopback(), socket.getLocalPort()));
            }
        } finally {
            held.forEach(DatagramSocket::close);
        }
        return addresses;
    }

    private static int freeUdpPort(int wanted) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback(), wanted))) {
            return probe.getLocalPort();
        } catch (SocketException e) {
            // Taken, by an agent on this machine or another demo: any other will do.
        }
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
            return probe.getLocalPort();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
