package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that ships, at a small size: it can be read, it runs, nothing breaks. Small ones hold their checks, too. */
final class ScenariosTest {
    private static final Path SCENARIOS =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/scenarios");

    /** Cheap enough to run to their ends. */
    private static final Set<String> WHOLE =
            Set.of("greenhouse", "batteries", "bad-day", "alarm-burst", "node-to-node", "orchard", "flooding-compared");

    private static final long SMALL_MS = 9 * 60_000;

    /** What each run is told by, for CI, which compares the JDKs' with each other. */
    private static final Path HASHES =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/target/trace-hashes");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".toml"))
                    .map(name -> name.substring(0, name.length() - ".toml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_scenario_runs_at_small_size(String name) throws ConfigException, IOException {
        boolean whole = WHOLE.contains(name);
        Overrides small = new Overrides(
                OptionalLong.empty(),
                whole ? OptionalLong.empty() : OptionalLong.of(SMALL_MS),
                name.equals("cold-start") ? OptionalInt.of(80) : OptionalInt.empty(),
                "");
        Scenario scenario = ScenarioReader.read(SCENARIOS.resolve(name + ".toml"), small);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);
        Files.createDirectories(HASHES);
        Files.writeString(HASHES.resolve(name), summary.figures().traceHash() + "\n");

        assertEquals("", summary.violation());
        assertTrue(summary.figures().delivered() > 0, () -> String.join("\n", summary.lines()));
        assertEquals(0, summary.figures().loops());
        if (whole) {
            assertTrue(summary.holds(), () -> String.join("\n", summary.lines()));
        }
    }
}
