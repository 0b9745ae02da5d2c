package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What differs between the two directions of a link does so by itself, with and without shadowing. */
final class AsymmetryTest {
    private static Scenario scenario(String keys) throws ConfigException {
        String text = "[nodes]\nlayout = \"explicit\"\npositions = [[0, 0], [255, 0], [265, 0], [275, 0], [285, 0]]\n"
                + "[radio]\nmodel = \"log_distance\"\nexponent = 3\n" + keys;
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private static double[] powers(String keys) throws ConfigException {
        PlannedWorld world = new PlannedWorld(scenario(keys));
        double[] both = new double[2];
        both[0] = world.propagation().power(0, 1, 100 * 100);
        both[1] = world.propagation().power(1, 0, 100 * 100);
        return both;
    }

    @Test
    void it_is_there_without_shadowing() throws ConfigException {
        double[] both = powers("shadowing = 0\nasymmetry = 10\n");

        assertNotEquals(both[0], both[1]);
        // The law of distance is the same with next to no shadowing.
        double[] shadowed = powers("shadowing = 0.0001\nasymmetry = 10\n");
        assertEquals(1, shadowed[0] / both[0], 0.001);
        assertEquals(1, shadowed[1] / both[1], 0.001);
    }

    @Test
    void the_reach_knows_it() throws ConfigException {
        double plain =
                new PlannedWorld(scenario("shadowing = 0\n")).propagation().reachM();
        double reachM = new PlannedWorld(scenario("shadowing = 0\nasymmetry = 3\n"))
                .propagation()
                .reachM();

        assertTrue(reachM > plain, plain + " and " + reachM);
    }

    @Test
    void who_wants_no_shadowing_and_speaks_of_no_asymmetry_has_none() throws ConfigException {
        double[] both = powers("shadowing = 0\n");

        assertEquals(both[0], both[1]);
        assertTrue(ScenarioText.of(scenario("shadowing = 0\n")).stream()
                .anyMatch(line -> line.contains("shadowing 0 dB, asymmetry 0 dB")));
        assertTrue(Arrays.stream(powers("shadowing = 2\n")).distinct().count() == 2);
    }
}
