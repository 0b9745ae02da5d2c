package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.medium.wifi.Propagation;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is left out of a search for neighbours because of the distance must be nobody's neighbour. */
final class ReachTest {
    private static PlannedWorld world(String radio, int nodes) throws ConfigException {
        String text = "[radio]\n" + radio + "\n[nodes]\nlayout = \"uniform\"\ndegree = 8\ncount = " + nodes + "\n";
        Scenario scenario = ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
        return new PlannedWorld(scenario);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model = \"range\"",
                "model = \"two_ray\"",
                "model = \"two_ray\"\nphy = \"lora\"",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 0",
                "model = \"log_distance\"\nenvironment = \"built_up\"",
                "model = \"log_distance\"\nexponent = 4\nshadowing = 9\nasymmetry = 3",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 0\nnode_offset = 5",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 2\nnode_offset = 5\nnode_offset_width = 200",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 8\nshadowing_width = 100\nshadowing_alike = 0.6",
                "model = \"urban\""
            })
    void nobody_beyond_is_sensed(String radio) throws ConfigException {
        PlannedWorld world = world(radio, 300);
        double reachM = world.propagation().reachM();

        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                assertEquals(0, world.propagation().power(i, j, reachM * reachM), () -> radio + " at " + reachM);
                boolean near = Arrays.binarySearch(world.near(i), j) >= 0;
                assertTrue(near || world.delivery(i, j) == 0, i + " hears " + j);
            }
        }
    }

    /** 16 dBm less 40.2 dB at 1 m and 30 dB a decade, over a noise of -93.6 dBm: 0 dB at 205.5 m, -10 dB at 443.3 m. */
    @Test
    void what_is_not_sensed_disturbs_down_to_a_tenth_of_the_noise() throws ConfigException {
        Propagation plain = world("model = \"log_distance\"\nexponent = 3\nshadowing = 0", 2)
                .propagation();

        assertEquals(443.3, plain.faintReachM(), 1);
        assertEquals(0, plain.faintPower(0, 1, 205 * 205));
        assertEquals(0, plain.power(0, 1, 206 * 206));
        assertEquals(StrictMath.pow(10, -9.36), plain.faintPower(0, 1, 206 * 206), 5e-12);
        assertEquals(StrictMath.pow(10, -10.36), plain.faintPower(0, 1, 443 * 443), 5e-13);
        assertEquals(0, plain.faintPower(0, 1, 444.5 * 444.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model = \"range\"",
                "model = \"two_ray\"",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 0\nphy = \"lora\"",
                "model = \"log_distance\"\nexponent = 3\nshadowing = 0\nsinr = false"
            })
    void thresholds_know_no_faint_signals(String radio) throws ConfigException {
        Propagation propagation = world(radio, 2).propagation();

        assertEquals(0, propagation.faintReachM());
        assertEquals(0, propagation.faintPower(0, 1, 300 * 300));
    }

    @Test
    void the_reach_is_no_longer_than_it_must_be() throws ConfigException {
        assertEquals(550, world("model = \"two_ray\"", 2).propagation().reachM(), 2);
        assertEquals(250, world("model = \"range\"", 2).propagation().reachM(), 1);
    }

    /** Some links of a city reach far, others not; the square is large enough for its edges to take a tenth at most. */
    @ParameterizedTest
    @ValueSource(strings = {"model = \"urban\"", "model = \"urban\"\nexponent = 4"})
    void a_degree_in_a_city_counts_the_links_that_deliver_half(String radio) throws ConfigException {
        int nodes = 1_500;
        PlannedWorld world = world(radio + "\nshadowing = 0", nodes);
        int good = 0;
        for (int i = 0; i < nodes; i++) {
            for (int j : world.near(i)) {
                good += i != j && world.delivery(i, j) >= 0.5 ? 1 : 0;
            }
        }

        assertEquals(8, (double) good / nodes, 0.9);
    }

    @Test
    void a_table_of_links_has_no_reach() throws ConfigException {
        String text = "[radio]\nmodel = \"links\"\n[nodes]\ncount = 3\nlinks = [[0, 1]]\n";
        PlannedWorld world = new PlannedWorld(ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE));

        assertEquals(Double.POSITIVE_INFINITY, world.propagation().reachM());
    }
}
