package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A broker is away as long as any fault says so. */
final class BrokerOutageTest {
    private static final String LINE = """
            [scenario]
            duration = "5min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 3
            [[traffic]]
            interval = "2s"
            """;

    /** What was on its way to the broker when it went away may still arrive. */
    private static final long ON_ITS_WAY_S = 1;

    private static String away(String at, String duration) {
        return "[[fault]]\nkind = \"broker\"\nat = \"" + at + "\"\nfor = \"" + duration + "\"\n";
    }

    private static RunFigures run(String faults) throws ConfigException {
        ScenarioRun run =
                new ScenarioRun(ScenarioReader.parse(LINE + faults, "test.toml", Path.of("."), Overrides.NONE));
        run.run((simulatedUs, events) -> true);
        return run.figures();
    }

    private static long arrivals(RunFigures figures, long fromS, long untilS) {
        return figures.packets().stream()
                .filter(RunFigures.PacketRecord::isDelivered)
                .filter(packet -> packet.deliveredUs() >= fromS * 1_000_000)
                .filter(packet -> packet.deliveredUs() < untilS * 1_000_000)
                .count();
    }

    private static void isAwayFrom60To150(RunFigures figures) {
        assertEquals(0, arrivals(figures, 60 + ON_ITS_WAY_S, 150));
        assertTrue(arrivals(figures, 30, 60) > 20);
        assertTrue(arrivals(figures, 150, 300) > 20);
    }

    @Test
    void outages_that_overlap_are_one() throws ConfigException {
        isAwayFrom60To150(run(away("60s", "40s") + away("80s", "70s")));
    }

    @Test
    void an_outage_within_another_does_not_end_it() throws ConfigException {
        isAwayFrom60To150(run(away("60s", "90s") + away("80s", "10s")));
    }

    @Test
    void outages_that_touch_are_one_in_whatever_order_they_are_listed() throws ConfigException {
        RunFigures inOrder = run(away("60s", "30s") + away("90s", "60s"));
        RunFigures reversed = run(away("90s", "60s") + away("60s", "30s"));

        isAwayFrom60To150(inOrder);
        isAwayFrom60To150(reversed);
        assertEquals(inOrder.traceHash(), reversed.traceHash());
        assertEquals(run(away("60s", "90s")).traceHash(), inOrder.traceHash());
    }
}
