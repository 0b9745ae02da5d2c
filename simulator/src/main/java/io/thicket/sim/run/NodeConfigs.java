package io.thicket.sim.run;

import io.thicket.agent.config.Units;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The configuration file of each planned node, as `thicket agent` or `thicket gateway` reads it. */
public final class NodeConfigs {
    private NodeConfigs() {}

    /**
     * By the node's name.
     *
     * @param interfaceName of each node's radio
     * @param broker of each gateway
     */
    public static Map<String, String> of(Scenario scenario, String interfaceName, String broker) {
        NodePlan nodes = scenario.nodes();
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < nodes.count(); i++) {
            files.put(nodes.names().get(i), file(scenario, i, interfaceName, broker));
        }
        return files;
    }

    private static String file(Scenario scenario, int node, String interfaceName, String broker) {
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
        text.append("\n[[link]]\ntype = \"udp\"\ninterface = ")
                .append(quoted(interfaceName))
                .append("\nclass = \"wifi\"\n");
        mesh(text, scenario.routing());
        energy(text, scenario, node);
        if (nodes.isSensor(node)) {
            text.append("\n# Stands for the sensor that will be there: see docs/sensors.md.\n");
            text.append("[[sensor]]\nname = \"demo\"\ndriver = \"virtual.sine\"\ninterval = \"1min\"\n");
        }
        if (gateway) {
            text.append("\n[gateway]\nbroker = ").append(quoted(broker)).append('\n');
        }
        return text.toString();
    }

    private static void mesh(StringBuilder text, RoutingPlan routing) {
        text.append("\n[mesh]\ngateway_interval = ").append(time(routing.gatewayIntervalMs()));
        text.append("\nhello_min = ").append(time(routing.helloMinMs()));
        text.append("\nhello_max = ").append(time(routing.helloMaxMs())).append('\n');
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

    private static String time(long ms) {
        return quoted(Units.text(Duration.ofMillis(ms)));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
