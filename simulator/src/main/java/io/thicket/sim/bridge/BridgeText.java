package io.thicket.sim.bridge;

import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.agent.config.UnitConfig;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.NodeId;
import io.thicket.sim.bridge.BridgeFigures.Place;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.Scenario;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what is reachable where. */
public final class BridgeText {
    private BridgeText() {}

    /** What {@code thicket sim explain} says of a scenario's bridge; nothing if the file has none. */
    public static List<String> of(Scenario scenario) {
        BridgePlan plan = scenario.world().bridge();
        boolean there = plan.broker().isPresent()
                || !plan.links().isEmpty()
                || !plan.commands().isEmpty()
                || !plan.devices().isEmpty();
        List<String> lines = new ArrayList<>();
        if (there) {
            lines.add("with --bridge: site " + plan.site() + ", CoAP of "
                    + plan.coap().size() + " nodes from "
                    + new HostPort(plan.bind(), plan.coapPort()) + " on (node 0), "
                    + (plan.broker().isPresent()
                            ? "broker " + plan.broker().get().broker()
                            : "the simulated broker")
                    + ", the network's key "
                    + plan.keyFile().map(file -> "in " + file).orElse("from the seed")
                    + commanders(plan));
            for (BridgePlan.Link link : plan.links()) {
                lines.add("link of " + name(scenario, link.node()) + ": " + link.listen() + " to " + texts(link.peers())
                        + ", class " + link.linkClass().name().toLowerCase(Locale.ROOT));
            }
            for (BridgePlan.Bus bus : plan.buses()) {
                lines.add("bus of " + name(scenario, bus.node()) + ": " + bus(bus));
            }
            for (BridgePlan.Device device : plan.devices()) {
                lines.add("device of " + name(scenario, device.node()) + ": " + sensor(device));
            }
        }
        return lines;
    }

    /** What is printed when a bridged run begins. */
    static List<String> running(Scenario scenario, SimNetworkKey key, Addresses addresses) {
        BridgePlan plan = scenario.world().bridge();
        List<String> lines = new ArrayList<>();
        lines.add("in real time, reachable from outside; such a run does not repeat");
        if (scenario.warmUpMs() > 0) {
            lines.add("counted from " + JsonWriter.text(scenario.warmUpMs() / 1e3)
                    + " s on (scenario.warm_up): a run that ends before has counted nothing");
        }
        for (Place place : places(scenario, key, addresses)) {
            lines.add(String.format(Locale.ROOT, "  %-7s %-16s %s", place.kind(), place.name(), place.address()));
        }
        for (int node : plan.coap()) {
            lines.add(String.format(
                    Locale.ROOT, "  %-7s %-16s %s", "mesh", name(scenario, node), mesh(scenario, key, node)));
        }
        if (plan.keyFile().isEmpty()) {
            lines.add(
                    "NOT SECRET: the network's key follows from the scenario's seed, as do all keys of simulated nodes");
        } else {
            lines.add(
                    "the keys of the simulated nodes follow from the scenario's seed: whoever has it can speak as they do");
        }
        if (refusesGateways(scenario, key)) {
            lines.add(
                    "the key file lists gateways, none of them simulated: no simulated gateway gets readings (its NodeId stands"
                            + " above, at mesh)");
        }
        missing(scenario).forEach(lines::add);
        for (InetSocketAddress open : addresses.open()) {
            lines.add("OPEN: " + Addresses.text(open) + " may be reached from other machines, without a password"
                    + (plan.commands().contains(Commander.LOCAL) ? ", and devices may be switched there" : ""));
        }
        return lines;
    }

    /** Every address, device and broker. */
    static List<Place> places(Scenario scenario, SimNetworkKey key, Addresses addresses) {
        BridgePlan plan = scenario.world().bridge();
        List<Place> places = new ArrayList<>();
        for (int node : plan.coap()) {
            addresses
                    .coap(node)
                    .ifPresent(its ->
                            places.add(new Place("coap", node, name(scenario, node), "coap://" + Addresses.text(its))));
        }
        for (BridgePlan.Link link : plan.links()) {
            places.add(new Place(
                    "link", link.node(), name(scenario, link.node()), link.listen() + " to " + texts(link.peers())));
        }
        for (BridgePlan.Bus bus : plan.buses()) {
            places.add(new Place("bus", bus.node(), name(scenario, bus.node()), bus(bus)));
        }
        for (BridgePlan.Device device : plan.devices()) {
            places.add(new Place("sensor", device.node(), name(scenario, device.node()), sensor(device)));
        }
        plan.broker().ifPresent(broker -> places.add(new Place("broker", -1, "", broker.broker())));
        return places;
    }

    /** A device may be plugged in later; a name that is misspelt would be silence for ever. */
    private static List<String> missing(Scenario scenario) {
        BridgePlan plan = scenario.world().bridge();
        List<String> lines = new ArrayList<>();
        plan.buses()
                .forEach(bus -> missing(
                        lines,
                        bus.bus().port(),
                        name(scenario, bus.node()),
                        bus.bus().name()));
        plan.devices()
                .forEach(device -> missing(
                        lines,
                        device.sensor().port(),
                        name(scenario, device.node()),
                        device.sensor().name()));
        return lines;
    }

    private static void missing(List<String> lines, @Nullable String port, String node, String name) {
        // Others are no files: tcp://host:port.
        if (port != null && port.startsWith("/") && !Files.exists(Path.of(port))) {
            lines.add("NOT THERE: " + port + ", the port of " + name + " of " + node + "; it is looked for again");
        }
    }

    private static String commanders(BridgePlan plan) {
        if (plan.commands().isEmpty()) {
            return "";
        }
        List<String> who = new ArrayList<>();
        if (plan.commands().contains(Commander.LOCAL)) {
            who.add("local clients");
        }
        if (plan.commands().contains(Commander.MESH)) {
            who.add("other nodes");
        }
        return ", commands from " + String.join(" and ", who);
    }

    private static String mesh(Scenario scenario, SimNetworkKey key, int node) {
        NodeId id = SimNetworkKey.idOf(new Seeds(scenario.seed()), node);
        return id + "  " + MeshAddress.of(key.id(), id).text();
    }

    /** A key file that lists gateways lists those of real nodes, unless somebody thought of the simulated ones. */
    private static boolean refusesGateways(Scenario scenario, SimNetworkKey key) {
        Seeds seeds = new Seeds(scenario.seed());
        return !key.gateways().isEmpty()
                && scenario.nodes().gateways().stream()
                        .noneMatch(node -> key.gateways().contains(SimNetworkKey.idOf(seeds, node)));
    }

    private static String sensor(BridgePlan.Device device) {
        String port = device.sensor().port();
        UnitConfig unit = device.sensor().unit();
        String on = port != null
                ? " on " + port
                : unit == null || unit.bus().isEmpty() ? "" : " on bus " + unit.bus() + ", unit " + unit.unit();
        return device.sensor().name() + ", " + device.sensor().driver() + on;
    }

    private static String bus(BridgePlan.Bus bus) {
        return bus.bus().name() + " on " + bus.bus().port();
    }

    private static String texts(List<HostPort> addresses) {
        return String.join(", ", addresses.stream().map(HostPort::toString).toList());
    }

    private static String name(Scenario scenario, int node) {
        return scenario.nodes().names().get(node);
    }
}
