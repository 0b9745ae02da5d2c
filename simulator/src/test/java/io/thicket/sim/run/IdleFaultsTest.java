package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Found by a tester: of four nodes in a line the first and the last hear nothing from each other, so that a flap between them is survived by all. */
final class IdleFaultsTest {
    private static final String LINE = "[nodes]\nlayout = \"line\"\ncount = 4\n";

    private static int idle(String more, String ends) throws ConfigException {
        String faults = "[[fault]]\nkind = \"flap\"\nat = \"1min\"\nbetween = " + ends
                + "\n[[fault]]\nkind = \"duplicate\"\nat = \"1min\"\nshare = 0.5\nbetween = " + ends + "\n";
        List<String> idle =
                IdleFaults.of(ScenarioReader.parse(LINE + more + faults, "test.toml", Path.of("."), Overrides.NONE));
        idle.forEach(each -> assertEquals(": between these there is no link", each.substring(each.lastIndexOf(':'))));
        return idle.size();
    }

    @Test
    void faults_between_nodes_without_a_link_are_told() throws ConfigException {
        assertEquals(2, idle("", "[0, 3]"));
        assertEquals(0, idle("", "[0, 1]"));
    }

    @Test
    void one_that_strikes_one_way_needs_a_link_that_way(@TempDir Path directory) throws ConfigException, IOException {
        Files.writeString(directory.resolve("links.csv"), "from,to,pdr\na,b,1\nb,a,1\nb,c,1\n");
        String narrow = "[[fault]]\nkind = \"narrow\"\nat = \"1min\"\nbytes = 200\nbetween = ";
        String nodes =
                "[nodes]\nlayout = \"file\"\nfile = \"links.csv\"\nformat = \"links\"\n[radio]\nmodel = \"links\"\n";
        List<String> idle = IdleFaults.of(ScenarioReader.parse(
                nodes + narrow + "[\"b\", \"c\"]\nto = \"c\"\n" + narrow + "[\"b\", \"c\"]\nto = \"b\"\n" + narrow
                        + "[\"b\", \"c\"]\n",
                "test.toml",
                directory,
                Overrides.NONE));
        assertEquals(1, idle.size(), idle::toString);
        assertTrue(idle.get(0).endsWith(": this way there is no link"), idle::toString);
    }

    @Test
    void nodes_that_move_may_meet_later() throws ConfigException {
        assertEquals(0, idle("[mobility]\nspeed_min = 1\nspeed_max = 2\n", "[0, 3]"));
    }

    @Test
    void faults_of_all_links_are_no_matter() throws ConfigException {
        String faults = "[[fault]]\nkind = \"loss\"\nat = \"1min\"\nloss = 0.5\n";
        assertEquals(
                List.of(),
                IdleFaults.of(ScenarioReader.parse(LINE + faults, "test.toml", Path.of("."), Overrides.NONE)));
    }
}
