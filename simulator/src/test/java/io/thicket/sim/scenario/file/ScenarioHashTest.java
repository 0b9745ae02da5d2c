package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.thicket.agent.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScenarioHashTest {
    private static final String TEXT = "[nodes]\ncount = 2\n[[traffic]]\ninterval = \"5s\"\n";

    private static String hash(String text) throws ConfigException {
        return ScenarioHash.of(text, "test.toml");
    }

    /** Results are kept: another hash of the same text would refuse them all. */
    @Test
    void the_hash_is_sha256_of_keys_and_values() throws ConfigException {
        assertEquals("9dc607d2e98f58c360f4947355d64d8aa36aa1c15e4dce290db260ab02e12205", hash(TEXT));
    }

    @Test
    void comments_and_blanks_and_the_sweep_do_not_count() throws ConfigException {
        for (String same : List.of(
                "# of a hut\n\n" + TEXT,
                "sweep = { seeds = 3 }\n" + TEXT,
                TEXT + "[sweep]\nseeds = \"1..20\"\n[sweep.set]\nnodes.count = [\n  2,\n  [3]\n]\n",
                TEXT.replace("count = 2", "count=2 # two"))) {
            assertEquals(hash(TEXT), hash(same), same);
        }
    }

    @Test
    void a_value_and_the_order_of_entries_count() throws ConfigException {
        String more = TEXT + "[[traffic]]\ninterval = \"7s\"\n";

        assertNotEquals(hash(TEXT), hash(TEXT.replace("2", "3")));
        assertNotEquals(hash(TEXT), hash(more));
        assertNotEquals(
                hash(more), hash(more.replace("5s", "x").replace("7s", "5s").replace("x", "7s")));
    }

    @Test
    void a_value_of_the_command_line_is_part_of_the_text() throws ConfigException {
        Scenario plain = ScenarioReader.parse(TEXT, "test.toml", Path.of("."), Overrides.NONE);
        String with = ScenarioReader.textWith(TEXT, "test.toml", List.of(new Setting("nodes.count", 3L)));
        Scenario set = ScenarioReader.readMade(with, "test.toml", Path.of("a.toml"), Overrides.NONE);

        assertEquals(hash(TEXT), plain.hash());
        assertEquals(hash(TEXT.replace("2", "3")), set.hash());
    }
}
