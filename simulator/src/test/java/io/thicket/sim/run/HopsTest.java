package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hops of ways taken and of shortest ways are of the same packets. */
final class HopsTest {
    @Test
    void packets_without_a_way_when_they_are_made_are_in_neither_mean() throws ConfigException {
        // While the last node is cut off, what it makes has no way, and waits.
        String text = "[scenario]\nduration = \"6min\"\nwarm_up = \"0s\"\n[nodes]\nlayout = \"line\"\ncount = 4\n"
                + "[[traffic]]\ninterval = \"10s\"\n"
                + "[[fault]]\nkind = \"partition\"\nnodes = [3]\nat = \"1min\"\nfor = \"2min\"\n";
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE));
        run.run((simulatedUs, events) -> true);

        RunFigures figures = run.figures();
        List<RunFigures.PacketRecord> arrived = figures.packets().stream()
                .filter(RunFigures.PacketRecord::isDelivered)
                .toList();
        assertTrue(arrived.stream().anyMatch(packet -> packet.shortest() < 0));
        assertEquals(
                arrived.stream()
                        .filter(packet -> packet.shortest() >= 0)
                        .mapToInt(RunFigures.PacketRecord::hops)
                        .average()
                        .orElseThrow(),
                figures.hopsMean(),
                1e-9);
        assertEquals(3, figures.hopsMax());
    }

    /** A 0 would be a number, and lower the mean of a sweep. */
    @Test
    void where_nothing_arrived_no_way_is_the_longest() throws ConfigException {
        String text = "[scenario]\nduration = \"2min\"\n[nodes]\nlayout = \"line\"\ncount = 2\n"
                + "[[traffic]]\ninterval = \"10s\"\n[[fault]]\nkind = \"crash\"\nnodes = [0]\nat = \"0s\"\n";
        Scenario scenario = ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);

        RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);

        assertEquals(0, summary.figures().delivered());
        assertTrue(summary.json().contains("\"hops\":{\"mean\":null,\"max\":null,"), summary::json);
        assertTrue(
                summary.lines().contains("hops       - mean, - at most; shortest ways -   loops 0"),
                summary.lines()::toString);
    }
}
