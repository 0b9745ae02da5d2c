package io.thicket.sim.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.port.WallClock;
import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.node.SimWallClock;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BridgedNodesTest {
    private static final long MADE_MS = 1_800_000_000_000L;

    private static BridgedNodes nodes(String bridge) throws ConfigException, Failure {
        Scenario scenario = ScenarioReader.parse(
                "[nodes]\nlayout = \"line\"\ncount = 3\nnames = [\"a\", \"b\", \"c\"]\n[bridge]\ncoap = []\n" + bridge,
                "test.toml",
                Path.of("."),
                Overrides.NONE);
        return new BridgedNodes(
                scenario,
                SimNetworkKey.of(scenario),
                new Addresses(scenario.world().bridge()),
                new Posts(),
                MADE_MS);
    }

    /** Making a large network, and waiting for a broker, may take seconds: readings would all be too old. */
    @Test
    void the_time_of_day_counts_from_when_the_simulation_began_and_not_from_when_it_was_made()
            throws ConfigException, Failure {
        Simulation simulation = new Simulation();
        BridgedNodes nodes = nodes("");
        WallClock wall = nodes.wallClock(new SimWallClock(simulation, true));

        nodes.begin(MADE_MS + 1_590);
        simulation.runUntil(5_000_000);

        assertEquals(MADE_MS + 1_590 + 5_000, wall.nowMs());
        assertTrue(wall.isSynchronised());
    }

    @Test
    void nodes_have_the_names_of_the_scenario_and_nobody_elses() throws ConfigException, Failure {
        BridgedNodes nodes = nodes("");

        assertEquals("b", nodes.name(1));
        assertEquals(1, nodes.nodeOf("b"));
        assertEquals(-1, nodes.nodeOf("n1"));
        assertEquals(-1, nodes.nodeOf("nobody"));
    }

    @Test
    void the_boots_of_a_later_run_have_later_numbers() throws ConfigException, Failure {
        assertEquals(MADE_MS / 1_000, nodes("").epochBefore());
    }

    @Test
    void the_timers_of_a_link_outside_are_those_of_the_scenario() throws ConfigException, Failure {
        RoutingParameters its = RoutingParameters.of(LinkClass.WIFI).withHello(700, 9_000);

        RoutingParameters outside = nodes(
                        "[[bridge_link]]\nnode = 1\nlisten = \"127.0.0.1:1\"\npeers = [\"127.0.0.1:2\"]\n")
                .parameters(LinkClass.WIFI, its)
                .getOrDefault(LinkClass.ETHERNET, its);

        assertNotEquals(its, outside);
        assertEquals(700, outside.helloMinMs());
        assertEquals(9_000, outside.helloMaxMs());
    }
}
