package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A link that delivers a tenth of the frames is one; less is none. */
final class UsableLinkTest {
    private static PlannedWorld world(String links, String loss) throws ConfigException {
        String text = "[nodes]\ncount = 3\nlinks = " + links + "\n[radio]\nmodel = \"links\"\nloss = " + loss + "\n";
        return new PlannedWorld(ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE));
    }

    @Test
    void a_tenth_is_enough_and_less_is_not() throws ConfigException {
        PlannedWorld world = world("[[0, 1, 0.1, 0.1], [1, 2, 1, 0.0999]]", "0");

        assertTrue(world.connects(0, 1, 0));
        assertFalse(world.connects(1, 2, 0));
    }

    @Test
    void a_table_is_told_as_it_was_written() throws ConfigException {
        PlannedWorld world = world("[[0, 1, 0.1, 0.3]]", "0");

        assertEquals(0.1, world.delivery(0, 1));
        assertEquals(0.3, world.delivery(1, 0));
    }

    @Test
    void half_of_a_fifth_is_a_tenth() throws ConfigException {
        assertTrue(world("[[0, 1, 0.2]]", "0.5").connects(0, 1, 0));
    }
}
