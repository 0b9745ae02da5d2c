package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway fails and comes back: all arrives, and once. Before gateways heard each other seeds 1 and 2 had two and one twice. */
final class OnceTest {
    private static final Path SCENARIOS =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/scenarios");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gateway_failover_brings_every_reading_once(long seed) throws ConfigException {
        Overrides whole = new Overrides(OptionalLong.of(seed), OptionalLong.empty(), OptionalInt.empty(), "");
        Scenario scenario = ScenarioReader.read(SCENARIOS.resolve("gateway-failover.toml"), whole);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);

        assertEquals(0, summary.figures().duplicates());
        assertEquals(summary.figures().offered(), summary.figures().delivered());
        assertTrue(summary.holds(), () -> String.join("\n", summary.lines()));
    }
}
