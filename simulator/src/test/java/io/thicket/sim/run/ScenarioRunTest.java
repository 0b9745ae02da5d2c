package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioRunTest {
    private static final String LINE = """
            [scenario]
            duration = "5min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            """;

    private static ScenarioRun run(String text) throws ConfigException {
        ScenarioRun run = new ScenarioRun(scenario(text));
        run.run((simulatedUs, events) -> true);
        assertEquals("", run.violation());
        return run;
    }

    private static Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    @Test
    void whole_nodes_bring_every_reading_to_the_broker_and_the_same_seed_is_the_same_run() throws ConfigException {
        RunFigures one = run(LINE).figures();
        RunFigures again = run(LINE).figures();
        RunFigures other =
                run(LINE.replace("[scenario]\n", "[scenario]\nseed = 2\n")).figures();

        assertEquals(3 * 27, one.offered());
        assertEquals(one.offered(), one.delivered());
        assertEquals(1, one.pdrBound());
        assertEquals(3, one.hopsMax());
        assertEquals(2.0, one.shortestMean());
        assertEquals(one.traceHash(), again.traceHash());
        assertNotEquals(one.traceHash(), other.traceHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"thicket", "aodv", "babel", "flooding"})
    void a_router_of_every_protocol_runs_in_the_same_scenario(String protocol) throws ConfigException {
        String code = protocol.equals("thicket") ? "code = \"router\"\n" : "";

        RunFigures figures = run(LINE + "[routing]\nprotocol = \"" + protocol + "\"\n" + code)
                .figures();

        assertEquals(3 * 27, figures.offered());
        assertTrue(figures.pdr() > 0.8, () -> "delivered " + figures.pdr());
        assertEquals(1, figures.pdrBound());
    }

    @Test
    void what_cannot_arrive_is_not_possible_and_what_can_later_is() throws ConfigException {
        String cutForGood = LINE + "[[fault]]\nkind = \"partition\"\nnodes = [2, 3]\nat = \"100s\"\n";

        RunFigures cut = run(cutForGood).figures();
        RunFigures healed = run(cutForGood + "for = \"60s\"\n").figures();

        assertTrue(cut.pdrBound() < 0.75, () -> "possible " + cut.pdrBound());
        assertTrue(cut.delivered() <= cut.possible());
        assertEquals(1, healed.pdrBound());
        assertEquals(healed.offered(), healed.delivered());
        assertTrue(healed.latencyMs(100) > 30_000, () -> "at most " + healed.latencyMs(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = \"crash\"\nnodes = [0]\n",
                "kind = \"partition\"\nnodes = [0]\n",
                "kind = \"partition\"\nnodes = [0]\n[mobility]\nwidth = 50\nheight = 50\n"
            })
    void a_way_that_comes_as_the_run_ends_is_none(String fault) throws ConfigException {
        String cut = LINE.replace("interval", "stop = \"5min\"\ninterval") + "[[fault]]\nat = \"150s\"\n";

        RunFigures atTheEnd = run(cut + "for = \"150s\"\n" + fault).figures();
        RunFigures before = run(cut + "for = \"149s\"\n" + fault).figures();

        // Made until 150 s, and nothing after.
        assertEquals(
                atTheEnd.packets().stream()
                        .filter(packet -> packet.createdUs() < 150_000_000)
                        .count(),
                atTheEnd.possible());
        assertEquals(1, before.pdrBound());
    }

    @Test
    void a_way_that_would_have_come_after_a_run_was_stopped_is_none() throws ConfigException {
        ScenarioRun run = new ScenarioRun(
                scenario(LINE + "[[fault]]\nkind = \"crash\"\nnodes = [0]\nat = \"100s\"\nfor = \"100s\"\n"));
        run.run((simulatedUs, events) -> simulatedUs < 150_000_000);

        RunFigures figures = run.figures();

        assertEquals(
                figures.packets().stream()
                        .filter(packet -> packet.createdUs() < 100_000_000)
                        .count(),
                figures.possible());
        assertEquals(figures.possible(), figures.delivered());
    }

    @Test
    void what_origins_gave_up_in_the_warm_up_is_not_counted() throws ConfigException {
        String cut = LINE.replace("[[traffic]]", "[[traffic]]\nfrom = [3]\nto = 1")
                + "[[fault]]\nkind = \"partition\"\nnodes = [3]\nat = \"20s\"\nfor = \"60s\"\n";

        RunFigures cold = run(cut).figures();
        RunFigures warm =
                run(cut.replace("warm_up = \"0s\"", "warm_up = \"150s\"")).figures();

        assertTrue(cold.givenUp() > 0);
        assertEquals(cold.offered() - cold.delivered(), cold.givenUp());
        assertEquals(warm.offered(), warm.delivered());
        assertEquals(0, warm.givenUp());
        assertEquals(0, warm.repeats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "router"})
    void what_origins_sent_again_is_counted_of_boots_that_ended_too(String code) throws ConfigException {
        String away = LINE + "[routing]\ncode = \"" + code + "\"\n"
                + "[[fault]]\nkind = \"partition\"\nnodes = [0]\nat = \"100s\"\nfor = \"60s\"\n";
        String rebooted = away + "[[fault]]\nkind = \"crash\"\nnodes = [1, 2, 3]\nat = \"200s\"\nfor = \"5s\"\n";

        long repeats = run(away).figures().repeats();
        long ofTwoBoots = run(rebooted).figures().repeats();

        assertTrue(repeats > 0);
        assertTrue(ofTwoBoots >= repeats, () -> ofTwoBoots + " of " + repeats);
        assertEquals(
                0,
                run(away.replace("warm_up = \"0s\"", "warm_up = \"280s\"").replace("5min", "10min"))
                        .figures()
                        .repeats());
    }

    @Test
    void a_one_way_partition_lets_nothing_out() throws ConfigException {
        RunFigures figures = run(LINE + "[[fault]]\nkind = \"partition\"\nnodes = [3]\nat = \"100s\"\none_way = true\n")
                .figures();

        assertTrue(figures.packets().stream()
                .noneMatch(packet -> packet.from() == 3 && packet.createdUs() > 100_000_000 && packet.isDelivered()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "router"})
    void a_node_that_was_dark_is_a_new_boot_and_goes_on(String code) throws ConfigException {
        RunFigures figures = run(LINE + "[routing]\ncode = \"" + code + "\"\n[[fault]]\nkind = \"crash\"\nnodes = [1]\n"
                        + "at = \"100s\"\nfor = \"30s\"\n")
                .figures();

        // It makes no readings while it is dark, and those behind it wait.
        assertEquals(3 * 27 - 3, figures.offered());
        assertEquals(figures.possible(), figures.delivered());
        assertTrue(figures.packets().stream()
                .anyMatch(packet -> packet.from() == 1 && packet.createdUs() > 130_000_000 && packet.isDelivered()));
        assertTrue(figures.packets().stream()
                .anyMatch(packet -> packet.from() == 3 && packet.latencyMs() > 10_000 && packet.isDelivered()));
    }

    @Test
    void there_is_no_way_over_the_dead_and_what_they_held_is_lost() throws ConfigException {
        String cut = "[[fault]]\nkind = \"partition\"\nnodes = [3]\nat = \"60s\"\nfor = \"60s\"\n";
        String dead = "[[fault]]\nkind = \"crash\"\nnodes = [1]\nat = \"150s\"\n"
                + "[[fault]]\nkind = \"crash\"\nnodes = [3]\nat = \"100s\"\nfor = \"5s\"\n";

        RunFigures figures = run(LINE + cut + dead).figures();

        for (RunFigures.PacketRecord packet : figures.packets()) {
            boolean heldByTheDead =
                    packet.from() == 3 && packet.createdUs() > 60_000_000 && packet.createdUs() < 100_000_000;
            boolean behindTheDead = packet.createdUs() > 150_000_000;
            assertEquals(!heldByTheDead && !behindTheDead, packet.possible(), packet::toString);
            assertEquals(packet.possible(), packet.isDelivered(), packet::toString);
        }
    }

    @Test
    void readings_wait_for_a_broker_and_come_once() throws ConfigException {
        RunFigures figures = run(LINE + "[[fault]]\nkind = \"broker\"\nat = \"100s\"\nfor = \"60s\"\n")
                .figures();

        assertEquals(figures.offered(), figures.delivered());
        assertEquals(0, figures.duplicates());
        assertTrue(figures.packets().stream()
                .noneMatch(packet -> packet.deliveredUs() > 100_100_000 && packet.deliveredUs() < 160_000_000));
        assertTrue(figures.latencyMs(100) > 50_000, () -> "at most " + figures.latencyMs(100));
    }

    @Test
    void a_broken_promise_fails_whatever_the_file_wants() throws ConfigException {
        Scenario scenario = scenario(LINE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> simulatedUs < 10_000_000);

        RunSummary good = RunSummary.of(scenario, run, "test", 1, 1, 0);
        RunSummary broken = new RunSummary(
                scenario,
                "test",
                good.figures(),
                good.energy(),
                List.of(),
                Checks.judge(scenario.checks(), good.figures(), good.energy(), run.faultTimesUs(), 1),
                "x",
                true,
                10,
                1,
                1,
                0,
                Optional.empty(),
                run.marks(),
                List.of());

        assertTrue(good.holds());
        assertTrue(!broken.holds());
        assertEquals(10, run.simulatedSeconds());
    }

    @Test
    void a_run_that_is_not_judged_is_the_same_run() throws ConfigException {
        ScenarioRun judged = run(LINE);
        ScenarioRun not = run(LINE.replace("[scenario]\n", "[scenario]\ninvariants = false\n"));

        assertTrue(judged.isJudged());
        assertTrue(!not.isJudged());
        assertEquals(judged.figures().traceHash(), not.figures().traceHash());
        Scenario scenario = scenario(LINE);
        assertTrue(RunSummary.of(scenario, not, "test", 1, 1, 0).json().contains("\"invariantViolations\":null,"));
    }

    /** A node's next hop announces a HELLO in five minutes, so the route over it goes on for its own life of five. */
    @Test
    void routers_with_rare_hellos_are_judged_by_their_own_timers() throws ConfigException {
        RunFigures figures = run("""
                        [scenario]
                        duration = "11min"
                        warm_up = "0s"
                        [nodes]
                        layout = "line"
                        count = 3
                        [routing]
                        code = "router"
                        hello_max = "5min"
                        gateway_interval = "5min"
                        [[traffic]]
                        from = [1]
                        to = 0
                        interval = "100s"
                        [[fault]]
                        kind = "crash"
                        nodes = [1]
                        at = "330s"
                        """).figures();

        assertEquals(figures.offered(), figures.delivered());
    }

    /** Shrunk from the swarm: on LoRa the liar had Wi-Fi's timers, too, and forgot in minutes what its neighbours went by for hours. */
    @Test
    void swarm_seed_abc0163_a_metric_liar_lies_about_nothing_else() throws ConfigException {
        ScenarioRun run = run("""
                [scenario]
                seed = "0xabc0163"
                duration = "1045s"
                warm_up = "0s"
                power_up = "1s"
                [nodes]
                layout = "explicit"
                positions = [[0.0, 0.0], [1394.33, 0.0], [4182.99, 0.0], [6971.65, 0.0], [8365.98, 0.0]]
                names = ["n0", "n1", "n3", "n5", "n6"]
                gateways = ["n0"]
                relays = []
                [radio]
                model = "log_distance"
                exponent = 2.97
                shadowing = 0.0
                phy = "lora"
                spreading_factor = 8
                bandwidth = 250
                coding_rate = 7
                duty = 0.1
                snr_spread = 2.05
                [routing]
                code = "router"
                [[traffic]]
                kind = "periodic"
                interval = "270s"
                bytes = 120
                [[fault]]
                kind = "insider"
                nodes = ["n1"]
                misbehaviour = "metric_liar"
                """);

        assertTrue(run.isJudged());
    }

    @Test
    void nodes_talk_to_each_other_without_a_gateway() throws ConfigException {
        RunFigures figures = run("""
                        [scenario]
                        duration = "3min"
                        warm_up = "0s"
                        [nodes]
                        layout = "line"
                        count = 5
                        gateways = []
                        [[traffic]]
                        from = [0]
                        to = 4
                        interval = "10s"
                        start = "20s"
                        """).figures();

        assertEquals(13, figures.offered());
        assertEquals(figures.offered(), figures.delivered());
        assertEquals(4, figures.hopsMax());
    }

    @Test
    void shadowing_belongs_to_the_link_and_not_to_the_order_of_asking() throws ConfigException {
        String text =
                "[radio]\nmodel = \"log_distance\"\nenvironment = \"office\"\n[nodes]\nlayout = \"line\"\ncount = %d\n"
                        + "spacing = 20\n";
        PlannedWorld few = new PlannedWorld(scenario(text.formatted(5)));
        PlannedWorld many = new PlannedWorld(scenario(text.formatted(9)));

        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(few.connects(i, j, 0), many.connects(i, j, 0));
                assertEquals(
                        few.propagation().power(i, j, 400), many.propagation().power(i, j, 400));
            }
        }
        assertNotEquals(few.propagation().power(0, 1, 400), few.propagation().power(1, 2, 400));
    }
}
