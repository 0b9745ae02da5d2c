package io.thicket.sim.bridge;

import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.Units;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.MeshKeys;
import io.thicket.sim.scenario.file.Scenario;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What real agents need to join a bridged run: a configuration for each end of a {@code [[bridge_link]]}, and the network's key. */
public final class JoinConfigs {
    /** The key file's name; it must be readable by its owner only. */
    public static final String KEY_FILE = "network.key";

    private JoinConfigs() {}

    /**
     * Files by their names. The key is there only if it follows from the scenario's seed; one of a file stays where it is.
     */
    public static Map<String, String> of(Scenario scenario) throws Failure {
        BridgePlan plan = scenario.world().bridge();
        Map<String, String> files = new LinkedHashMap<>();
        if (plan.links().isEmpty()) {
            return files;
        }
        SimNetworkKey key = SimNetworkKey.of(scenario);
        if (plan.keyFile().isEmpty()) {
            files.put(KEY_FILE, key.file(scenario.name()));
        }
        int number = 0;
        for (BridgePlan.Link link : plan.links()) {
            for (HostPort peer : link.peers()) {
                number++;
                files.put("real-" + number + ".toml", config(scenario, link, peer, number));
            }
        }
        return files;
    }

    private static String config(Scenario scenario, BridgePlan.Link link, HostPort peer, int number) {
        BridgePlan plan = scenario.world().bridge();
        String keyFile = plan.keyFile().map(Object::toString).orElse(KEY_FILE);
        return """
                # A real agent that joins the simulated network '%s' at its node '%s':
                #   thicket sim run ... --bridge      and beside it      thicket agent --config real-%d.toml
                [node]
                name = "real-%d"
                data_dir = "real-%d-data"

                [network]
                key_file = %s
                site = "%s"

                [[link]]
                type = "peers"
                listen = "%s"
                peers = ["%s"]
                class = "%s"
                rate = %s

                %s
                # Where `thicket status` asks this agent; another agent of this machine may have the usual port.
                [coap]
                listen = "127.0.0.1:%d"

                # Stands for the sensor that will be there: see docs/sensors.md.
                [[sensor]]
                name = "demo"
                driver = "virtual.sine"
                interval = "10s"
                """.formatted(
                        scenario.name(),
                        scenario.nodes().names().get(link.node()),
                        number,
                        number,
                        number,
                        quoted(keyFile),
                        plan.site(),
                        peer,
                        link.listen(),
                        link.linkClass().name().toLowerCase(Locale.ROOT),
                        quoted(Units.textOfKbps(link.rateKbps())),
                        MeshKeys.toml(scenario),
                        5682 + number);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
