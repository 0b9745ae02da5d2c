package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds with which a swarm once found something; other draws make other scenarios of them, and the tests named below stay. */
@Tag("any-jdk") // it only computes
final class SwarmSeedsTest {
    /**
     * 0x1bc388d, 0x1bc393e: a way over an earlier boot was taken for part of a loop ({@code LoopsTest}). 0x2e501531, 0x2e5018c7: the broker
     * dropped what it could not keep for a gateway, which published a reading for the second time ({@code HeardReadingsTest}). 0xdbfb2: the
     * only gateway was away for longer than the broker kept its session, and had not written what it published last. 0x51a402c0: a reading of
     * a node's former life was taken for one of its present life with the same number ({@code OutboxDesk}: they begin with a random one). 0x51a4049b: an insider's route,
     * which lived on although nothing went over it, was judged ({@code SafetyTest}). 0x93a50193: a node that learned of a later
     * epoch renamed readings that a gateway had published ({@code OutboxTest}).
     */
    @ParameterizedTest
    @CsvSource({
        "0x1bc388d, 24",
        "0x1bc393e, 24",
        "0x2e501531, 24",
        "0x2e5018c7, 24",
        "0xdbfb2, 24",
        "0x51a402c0, 60",
        "0x51a4049b, 60",
        "0x93a50193, 40"
    })
    void every_check_holds(String seedText, int mostNodes) throws Exception {
        long seed = Long.decode(seedText);
        Scenario scenario =
                ScenarioReader.parse(SwarmScenario.text(seed, mostNodes), "swarm", Path.of("/"), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);

        assertTrue(summary.holds(), () -> String.join("\n", summary.lines()));
    }
}
