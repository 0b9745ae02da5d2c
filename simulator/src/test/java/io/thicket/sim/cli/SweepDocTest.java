package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** docs/sweep.md says what the commands do. */
final class SweepDocTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root", ".."));

    @TempDir
    private Path directory;

    private static String doc() throws IOException {
        return Files.readString(ROOT.resolve("docs/sweep.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "swarm", "replay", "shrink", "diff", "merge"})
    void every_option_is_in_the_documentation(String command) throws IOException {
        String doc = doc();
        for (OptionSpec option :
                SimCommand.line().getSubcommands().get(command).getCommandSpec().options()) {
            assertTrue(doc.contains(option.longestName()), () -> command + " " + option.longestName());
        }
    }

    @Test
    void every_key_is_in_the_documentation_and_its_example_can_be_read() throws IOException, ConfigException {
        String doc = doc();
        Path file = Files.writeString(directory.resolve("a.toml"), "[sweep]\nqqqqqqqqqqqqqqqqqqqq = 1\n");
        String problem = "";
        try {
            ScenarioReader.read(file, Overrides.NONE);
        } catch (ConfigException e) {
            problem = String.valueOf(e.getMessage());
        }
        Matcher keys = Pattern.compile("keys are (.*)").matcher(problem);
        assertTrue(keys.find(), problem);
        for (String key : keys.group(1).split(", ")) {
            assertTrue(doc.contains("| `" + key + "` |"), key);
        }

        Matcher example = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(doc);
        assertTrue(example.find());
        Files.writeString(file, example.group(1));
        assertEquals(24, ScenarioReader.sweep(file).points().size());
    }
}
