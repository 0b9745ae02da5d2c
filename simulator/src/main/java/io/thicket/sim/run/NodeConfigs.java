package io.thicket.sim.run;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.Units;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.gateway.GatewaySection;
import io.thicket.routing.LinkClass;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.MeshKeys;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.PhyPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The configuration file of each planned node, as `thicket agent` or `thicket gateway` reads it. */
public final class NodeConfigs {
    private NodeConfigs() {}

    /**
     * By the node's name; each is one that the node's program reads.
     *
     * @param interfaceName of each node's radio
     * @param broker of each gateway
     * @throws ConfigException the program would refuse a file, because of the interface's name or the broker
     */
    public static Map<String, String> of(Scenario scenario, String interfaceName, String broker)
            throws ConfigException {
        ConfigReader reader =
                new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(GatewaySection.INSTANCE));
        NodePlan nodes = scenario.nodes();
        SensorIntervals intervals = new SensorIntervals(scenario);
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < nodes.count(); i++) {
            String name = nodes.names().get(i);
            String text = file(scenario, i, intervals, interfaceName, broker);
            reader.read(text, name + ".toml", Path.of("").toAbsolutePath());
            files.put(name, text);
        }
        return files;
    }

    private static String file(
            Scenario scenario, int node, SensorIntervals intervals, String interfaceName, String broker) {
        NodePlan nodes = scenario.nodes();
        boolean gateway = nodes.gateways().contains(node);
        StringBuilder text = new StringBuilder();
        text.append("# Node ")
                .append(node)
                .append(" of the scenario '")
                .append(scenario.name())
                .append("', planned at ")
                .append(Math.round(nodes.positions().x(node, 0)))
                .append(", ")
                .append(Math.round(nodes.positions().y(node, 0)))
                .append(
                        " m.\n# Make network.key once with `thicket network new network.key`, and copy it beside every node's file.\n");
        text.append("[node]\nname = ").append(quoted(nodes.names().get(node))).append('\n');
        text.append("\n[network]\nkey_file = \"network.key\"\nsite = ")
                .append(quoted(scenario.name()))
                .append('\n');
        link(text, scenario.radio().phy(), interfaceName);
        text.append('\n').append(MeshKeys.toml(scenario));
        energy(text, scenario, node);
        if (nodes.isSensor(node)) {
            text.append("\n# Stands for the sensor that will be there: see docs/sensors.md.\n");
            text.append("[[sensor]]\nname = \"demo\"\ndriver = \"virtual.sine\"\ninterval = ")
                    .append(intervals.toml(node))
                    .append('\n');
        }
        if (gateway) {
            text.append("\n[gateway]\nbroker = ").append(quoted(broker)).append('\n');
        }
        return text.toString();
    }

    private static void link(StringBuilder text, PhyPlan phy, String interfaceName) {
        text.append('\n');
        if (phy.linkClass() == LinkClass.LORA) {
            text.append(
                    "# The network interface of a LoRa modem that carries IP. A node keeps to 1 % of each hour, counted by this rate.\n");
        }
        text.append("[[link]]\ntype = \"udp\"\ninterface = ")
                .append(quoted(interfaceName))
                .append("\nclass = ")
                .append(quoted(phy.linkClass().name().toLowerCase(Locale.ROOT)))
                .append('\n');
        if (phy.linkClass() == LinkClass.LORA) {
            text.append("rate = ")
                    .append(quoted(Units.textOfKbps(phy.phy().kbps())))
                    .append('\n');
        }
    }

    private static void energy(StringBuilder text, Scenario scenario, int node) {
        for (EnergyPlan plan : scenario.world().energy()) {
            if (plan.nodes().contains(node)) {
                text.append("energy = ")
                        .append(quoted(plan.announced().name().toLowerCase(Locale.ROOT)))
                        .append('\n');
            }
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
