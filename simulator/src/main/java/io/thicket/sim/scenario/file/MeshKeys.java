package io.thicket.sim.scenario.file;

import io.thicket.agent.config.Units;
import io.thicket.routing.LinkClass;
import java.time.Duration;

/** The section {@code [mesh]} of a node's configuration, as far as it says when a scenario's nodes call each other. */
public final class MeshKeys {
    private MeshKeys() {}

    /** The section from its head on; more keys of it may follow. */
    public static String toml(Scenario scenario) {
        RoutingPlan routing = scenario.routing();
        String keys = "gateway_interval = " + time(routing.gatewayIntervalMs()) + "hello_min = "
                + time(routing.helloMinMs()) + "hello_max = " + time(routing.helloMaxMs());
        if (scenario.radio().phy().linkClass() != LinkClass.LORA) {
            return "[mesh]\n" + keys;
        }
        return "# A link of class \"lora\" has timers of its own, which no key sets. The scenario has\n"
                + keys.lines().map(key -> "#   " + key + "\n").reduce("", String::concat) + "[mesh]\n";
    }

    private static String time(long ms) {
        return '"' + Units.text(Duration.ofMillis(ms)) + "\"\n";
    }
}
