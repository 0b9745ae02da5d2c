package io.thicket.sim.scenario.file;

import io.thicket.agent.config.CommandKeys;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.LinkConfig;
import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.SensorReader;
import io.thicket.gateway.GatewayConfig;
import io.thicket.gateway.GatewaySection;
import io.thicket.routing.LinkClass;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code [bridge]}, {@code [[bridge_link]]}, {@code [[bridge_bus]]} and {@code [[bridge_sensor]]}; it remembers what must not occur twice. */
final class BridgeSection {
    /** The name of the sensor whose readings [[traffic]] plans. */
    private static final String PLANNED = "t";

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PEERS = 16;

    private final NodeNames names;
    private final String scenario;
    private final SensorReader sensors = new SensorReader();
    private final Set<HostPort> sockets = new HashSet<>();

    /** {@code scenario} is its name, which is the site if the file says no other. */
    BridgeSection(NodePlan nodes, String scenario) {
        this.names = NodeNames.of(nodes);
        this.scenario = scenario;
    }

    BridgePlan read(SectionReader reader) {
        String bind = reader.text("bind").orElse("127.0.0.1");
        try {
            new HostPort(bind, 0);
        } catch (IllegalArgumentException e) {
            reader.error("bind", "bind: " + e.getMessage(), "write bind = \"127.0.0.1\"");
        }
        int port = reader.integer("coap_port", 1, MAX_PORT).orElse(BridgePlan.USUAL_COAP_PORT);
        List<Integer> coap = coap(reader, port);
        String site = reader.text("site")
                .map(text -> reader.requireName("site", text))
                .orElse(scenario);
        return new BridgePlan(
                bind,
                port,
                coap,
                broker(reader),
                site,
                reader.path("key_file"),
                List.of(),
                List.of(),
                List.of(),
                CommandKeys.commanders(reader));
    }

    private List<Integer> coap(SectionReader reader, int port) {
        Optional<List<Integer>> listed = names.nodes(reader, "coap");
        List<Integer> coap = listed.orElseGet(() -> IntStream.range(0, Math.min(names.count(), BridgePlan.MAX_COAP))
                .boxed()
                .toList());
        if (coap.size() > BridgePlan.MAX_COAP) {
            reader.error("coap", "coap has more than " + BridgePlan.MAX_COAP + " nodes", "list those that are asked");
            return List.of();
        }
        int last = coap.isEmpty() ? 0 : coap.get(coap.size() - 1);
        if (port + last > MAX_PORT) {
            reader.error(
                    "coap_port",
                    "coap_port: node " + last + " would have port " + (port + last),
                    "write coap_port = " + Math.max(1, MAX_PORT - last) + " or less");
            return List.of();
        }
        return coap;
    }

    /** As in {@code [gateway]} of a node, for all gateways. */
    private static Optional<GatewayConfig> broker(SectionReader reader) {
        boolean there = reader.has("broker");
        for (String key : List.of("username", "password_file", "topic_root", "no_subscribers", "keep_alive")) {
            if (reader.has(key) && !there) {
                reader.error(key, key + " is of a broker", "write broker = \"" + GatewayConfig.DEFAULT_BROKER + "\"");
            }
        }
        if (reader.has("client_id")) {
            reader.error("client_id", "client_id: each gateway has an id of its own", "delete it");
        }
        return there ? Optional.of(GatewaySection.INSTANCE.read(reader)) : Optional.empty();
    }

    Optional<BridgePlan.Link> link(SectionReader reader) {
        Optional<Integer> node = node(reader);
        List<HostPort> listen = reader.hostPorts("listen").orElse(List.of());
        if (!reader.has("listen")) {
            reader.missing("listen", "\"127.0.0.1:5900\"");
        } else if (listen.size() > 1) {
            reader.error("listen", "listen has more than one address", "write one [[bridge_link]] for each");
        }
        List<HostPort> peers = reader.hostPorts("peers").orElse(List.of());
        if (!reader.has("peers")) {
            reader.missing("peers", "[\"127.0.0.1:5690\"], where the real agent listens");
        } else if (peers.isEmpty() || peers.size() > MAX_PEERS) {
            reader.error("peers", "peers are " + peers.size() + " addresses", "list 1 to " + MAX_PEERS);
        }
        for (HostPort each : listen) {
            if (!sockets.add(each)) {
                reader.error("listen", "another [[bridge_link]] has " + each + " already", "");
            }
            if (peers.contains(each)) {
                reader.error("peers", "peers has " + each + ", which is where the simulated node listens", "");
            }
        }
        LinkClass linkClass = reader.choice("class", LinkClass.ETHERNET);
        if (linkClass == LinkClass.LORA) {
            reader.error("class", "class lora: a link over UDP has no duty to keep", "write \"ethernet\" or \"wifi\"");
        }
        int rateKbps = reader.kbps("rate", LinkConfig.defaultRateKbps(linkClass));
        return node.isPresent() && !listen.isEmpty()
                ? Optional.of(new BridgePlan.Link(node.get(), listen.get(0), peers, linkClass, rateKbps))
                : Optional.empty();
    }

    Optional<BridgePlan.Bus> bus(SectionReader reader) {
        Optional<Integer> node = node(reader);
        int owner = node.orElse(-1);
        return sensors.bus(owner, reader).filter(bus -> node.isPresent()).map(bus -> new BridgePlan.Bus(owner, bus));
    }

    Optional<BridgePlan.Device> device(SectionReader reader) {
        Optional<Integer> node = node(reader);
        int owner = node.orElse(-1);
        if (reader.text("name").orElse("").equals(PLANNED)) {
            reader.error(
                    "name", "name '" + PLANNED + "' is the planned sensor's, which every node has", "write another");
        }
        return sensors.read(owner, reader)
                .filter(sensor -> node.isPresent())
                .map(sensor -> new BridgePlan.Device(owner, sensor));
    }

    private Optional<Integer> node(SectionReader reader) {
        if (!reader.has("node")) {
            reader.missing("node", "3");
        }
        return names.node(reader, "node");
    }
}
