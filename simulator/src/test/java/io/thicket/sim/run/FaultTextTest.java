package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultTextTest {
    private static List<String> texts(String faults) throws ConfigException {
        return ScenarioReader.parse("[nodes]\ncount = 2\n" + faults, "test.toml", Path.of("."), Overrides.NONE)
                .faults()
                .stream()
                .map(fault -> FaultText.of(fault, List.of("n0", "n1")))
                .toList();
    }

    @Test
    void a_fault_that_strikes_no_node_says_so() throws ConfigException {
        assertEquals(
                List.of("nobody without power", "the broker of nobody is away"),
                texts("[[fault]]\nkind = \"crash\"\nnodes = []\nat = \"1s\"\n"
                        + "[[fault]]\nkind = \"broker\"\nnodes = []\nat = \"1s\"\n"));
    }

    @Test
    void a_fault_of_all_links_names_nobody() throws ConfigException {
        assertEquals(
                List.of("50 % of frames lost everywhere", "20 % of frames corrupt"),
                texts("[[fault]]\nkind = \"loss\"\nloss = 0.5\nat = \"1s\"\n"
                        + "[[fault]]\nkind = \"corrupt\"\nshare = 0.2\nat = \"1s\"\n"));
    }
}
