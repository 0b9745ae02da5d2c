package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/scenario.md says what the reader does. */
final class ScenarioDocTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root", ".."));
    private static final Pattern EXAMPLE = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KEYS = Pattern.compile("keys are (.*)");

    private static String doc() throws IOException {
        return Files.readString(ROOT.resolve("docs/scenario.md"));
    }

    @Test
    void every_example_can_be_read() throws IOException, ConfigException {
        Matcher example = EXAMPLE.matcher(doc());
        int count = 0;
        while (example.find()) {
            String text = example.group(1);
            if (!text.contains("file = ")) {
                // Examples speak of three nodes by name that only a whole scenario would have.
                String whole = text.replace("\"door\"", "5");
                Scenario scenario =
                        ScenarioReader.parse(whole, "docs/scenario.md", ROOT.resolve("docs"), Overrides.NONE);
                assertTrue(scenario.nodes().count() > 0);
            }
            count++;
        }
        assertEquals(17, count);
    }

    @Test
    void every_key_has_its_line() throws IOException {
        String doc = doc();
        for (String section : List.of(
                "[scenario]",
                "[nodes]",
                "[radio]",
                "[routing]",
                "[broker]",
                "[mobility]",
                "[mobility]\nmodel = \"gauss_markov\"",
                "[[energy]]",
                "[[sensor]]",
                "[[sensor]]\nsource = \"sine\"",
                "[[sensor]]\nsource = \"random_walk\"",
                "[[sensor]]\nsource = \"csv\"",
                "[bridge]",
                "[[bridge_link]]",
                "[[fault]]\nkind = \"crash\"",
                "[[fault]]\nkind = \"reorder\"",
                "[[fault]]\nkind = \"narrow\"",
                "[[fault]]\nkind = \"clock_drift\"",
                "[[fault]]\nkind = \"clock_jump\"",
                "[[fault]]\nkind = \"sensor\"")) {
            String problem = problem(section + "\nqqqqqqqqqqqqqqqq = 1\n");
            Matcher keys = KEYS.matcher(problem);
            assertTrue(keys.find(), problem);
            for (String key : keys.group(1).split(", ")) {
                assertTrue(doc.contains("`" + key + "`"), () -> section + " " + key + " is not in the documentation");
            }
        }
    }

    private static String problem(String text) {
        try {
            ScenarioReader.parse(text, "test.toml", ROOT, Overrides.NONE);
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
