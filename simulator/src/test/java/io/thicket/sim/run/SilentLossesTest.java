package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.lab.Lab;
import io.thicket.sim.lab.LostPackets;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading that its node holds for delivered, and the broker never had, is one that the owner is not told of. */
final class SilentLossesTest {
    private static final String TWO_NODES = """
            [scenario]
            duration = "300s"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 2
            spacing = 100
            gateways = [0]
            [routing]
            %s
            [[traffic]]
            kind = "periodic"
            interval = "10s"
            bytes = 40
            %s
            [[check]]
            kind = "silent_losses"
            """;

    private static RunSummary run(String routing, String faults) throws Exception {
        return run(routing, faults, lab -> {});
    }

    /** {@code afterwards}: what is done to the books of the run. */
    private static RunSummary run(String routing, String faults, Consumer<Lab> afterwards) throws Exception {
        Scenario scenario =
                ScenarioReader.parse(TWO_NODES.formatted(routing, faults), "two", Path.of("/"), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        afterwards.accept(run.lab());
        return RunSummary.of(scenario, run, "test", 1, 1, 0);
    }

    /** The gateway is gone at the end, with what was sent since. */
    private static final String END = "[[fault]]\nkind = \"crash\"\nat = \"250s\"\nfor = \"100s\"\nnodes = [0]\n";

    private static String crashes(String storage) {
        return """
                [[fault]]
                kind = "crash"
                at = "150s"
                for = "10s"
                nodes = [0]
                [[fault]]
                kind = "crash"
                at = "150s"
                for = "20s"
                nodes = [1]
                storage = "%s"
                """.formatted(storage);
    }

    /** The node uses the number of its first boot again, and nobody is left who could tell it: 10 of 25 readings, when readings were numbered from 1. */
    @ParameterizedTest
    @ValueSource(strings = {"lost", "torn", "kept"})
    void a_disk_that_forgot_where_nobody_remembers_makes_none(String storage) throws Exception {
        RunSummary summary = run("code = \"agent\"", crashes(storage));

        assertTrue(summary.holds(), () -> String.join("\n", summary.lines()));
        assertEquals(0, summary.figures().silentLosses());
        assertTrue(
                summary.figures().delivered() >= 22,
                () -> "" + summary.figures().delivered());
    }

    /** There is no fault that makes one, as far as is known: what waits at the end counts as settled here. */
    @Test
    void one_that_there_is_shows() throws Exception {
        RunSummary summary = run("code = \"agent\"", END, lab -> LostPackets.settle(lab, 1));

        assertFalse(summary.holds());
        long losses = summary.figures().silentLosses();
        assertTrue(losses >= 1, () -> "" + losses);
        assertTrue(
                summary.lines().get(1).contains("silent losses " + losses),
                summary.lines().get(1));
        assertTrue(summary.json().contains("\"silentLosses\":" + losses));
    }

    @ParameterizedTest
    @ValueSource(strings = {"code = \"agent\"", "code = \"router\""})
    void what_the_power_took_is_none(String code) throws Exception {
        RunSummary summary = run(code, code.contains("agent") ? crashes("kept") : "");

        assertTrue(summary.holds(), () -> String.join("\n", summary.lines()));
        assertEquals(0, summary.figures().silentLosses());
    }

    /** Routers alone have an outbox only where all send readings. */
    @Test
    void routers_that_settle_nothing_cannot_hold_it() throws Exception {
        String between = "[[traffic]]\nkind = \"periodic\"\ninterval = \"10s\"\nbytes = 40\nfrom = [1]\nto = 0\n";

        assertTrue(run("code = \"router\"", between).json().contains("\"silentLosses\":null"));
        assertTrue(run("code = \"agent\"", between).json().contains("\"silentLosses\":0"));
    }

    /** As of all figures of packets, what insiders made is none of these. */
    @Test
    void what_an_insider_made_is_none() throws Exception {
        String insider = "[[fault]]\nkind = \"insider\"\nnodes = [1]\nmisbehaviour = \"metric_liar\"\n";

        RunSummary summary = run("code = \"agent\"", END + insider, lab -> LostPackets.settle(lab, 1));
        assertEquals(0, summary.figures().silentLosses());
    }

    @Test
    void protocols_that_settle_nothing_cannot_hold_it() throws Exception {
        RunSummary summary = run("protocol = \"aodv\"", "");

        assertFalse(summary.holds());
        assertTrue(summary.json().contains("\"silentLosses\":null"));
    }
}
