package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.Mishap;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultKindsTest {
    private static final String LINE = """
            [scenario]
            duration = "6min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            """;

    private static Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private static RunFigures run(String text) throws ConfigException {
        ScenarioRun run = new ScenarioRun(scenario(text));
        run.run((simulatedUs, events) -> true);
        assertEquals("", run.violation());
        return run.figures();
    }

    private static String fault(String kind, String keys) {
        return LINE + "[[fault]]\nkind = \"" + kind + "\"\nat = \"60s\"\n" + keys + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = \"duplicate\"\nshare = 0.3",
                "kind = \"reorder\"\nshare = 0.3\ndelay = \"300ms\"",
                "kind = \"corrupt\"\nshare = 0.1",
            })
    void no_reading_is_lost_or_doubled_by_a_bad_driver(String keys) throws ConfigException {
        ScenarioRun run = new ScenarioRun(scenario(LINE + "[[fault]]\nat = \"60s\"\nfor = \"3min\"\n" + keys + "\n"));
        run.run((simulatedUs, events) -> true);
        RunFigures figures = run.figures();

        assertEquals("", run.violation());
        RoutingSnapshot relay = Objects.requireNonNull(run.lab().routing(1));
        long noticed = relay.counters().get(RoutingCounter.DROPPED_REPLAY)
                + relay.counters().get(RoutingCounter.DROPPED_BAD_SEAL);
        boolean differs = !run(LINE).traceHash().equals(figures.traceHash());
        assertTrue(noticed > 10 || differs, () -> "nothing happened: " + relay.counters());
        assertEquals(figures.offered(), figures.delivered());
        assertEquals(0, figures.duplicates());
    }

    @Test
    void a_fault_of_one_link_leaves_the_others_alone() throws ConfigException {
        // Nodes 0 and 3 do not hear each other, so nothing can happen between them.
        assertEquals(
                run(LINE).traceHash(),
                run(fault("duplicate", "share = 1.0\nbetween = [0, 3]")).traceHash());
    }

    @ParameterizedTest
    @ValueSource(doubles = {50_000, -50_000, 200})
    void nodes_whose_clocks_drift_lose_nothing(double ppm) throws ConfigException {
        RunFigures figures = run(fault("clock_drift", "nodes = [1, 2]\nppm = " + ppm));

        assertNotEquals(run(LINE).traceHash(), figures.traceHash(), "nothing happened");
        assertEquals(figures.offered(), figures.delivered());
    }

    @Test
    void a_drift_adds_up_and_stays_when_it_ends() throws ConfigException {
        ClockFaults clocks = new ClockFaults(
                scenario(fault("clock_drift", "for = \"100s\"\nnodes = [1]\nppm = 1000"))
                        .faults(),
                4);

        assertEquals(0, clocks.aheadMs(1, 60_000));
        assertEquals(50, clocks.aheadMs(1, 110_000));
        assertEquals(100, clocks.aheadMs(1, 300_000));
        assertEquals(0, clocks.aheadMs(2, 300_000));
    }

    @Test
    void a_time_of_day_that_jumps_does_not_touch_the_mesh() throws ConfigException {
        RunFigures figures = run(fault("clock_jump", "for = \"60s\"\nnodes = [3]\nback = \"2h\""));

        assertEquals(figures.offered(), figures.delivered());
        ClockFaults clocks = new ClockFaults(
                scenario(fault("clock_jump", "for = \"60s\"\nnodes = [3]\nback = \"2h\""))
                        .faults(),
                4);
        assertEquals(-7_200_000, clocks.wallOffsetMs(3, 60_000));
        assertEquals(0, clocks.wallOffsetMs(3, 120_000));
        assertEquals(0, clocks.wallOffsetMs(2, 60_000));
    }

    @Test
    void a_silent_sensor_makes_no_readings() throws ConfigException {
        RunFigures figures = run(fault("sensor", "for = \"60s\"\nnodes = [3]\nmode = \"silent\""));

        assertEquals(run(LINE).offered() - 6, figures.offered());
        assertTrue(figures.packets().stream()
                .noneMatch(packet ->
                        packet.from() == 3 && packet.createdUs() >= 60_000_000 && packet.createdUs() < 120_000_000));
    }

    @Test
    void a_node_whose_disk_is_full_does_not_start_until_it_is_not() throws ConfigException {
        String crash =
                "for = \"10s\"\nnodes = [3]\n[[fault]]\nkind = \"disk_full\"\nnodes = [3]\nat = \"50s\"\nfor = \"100s\"";

        RunFigures figures = run(fault("crash", crash));

        assertEquals(run(LINE).offered() - 9, figures.offered()); // dark from 60 s to 150 s
        assertTrue(figures.packets().stream()
                .anyMatch(packet -> packet.from() == 3 && packet.createdUs() > 150_000_000 && packet.isDelivered()));
    }

    @Test
    void a_node_whose_battery_is_filled_does_not_start_while_its_disk_is_full() throws ConfigException {
        // Dry after some 20 s, filled within the next five minutes.
        String battery = LINE.replace("6min", "20min")
                + "[[energy]]\nnodes = [3]\nbattery_mah = 1\ncharge = 0.5\nsolar_w = 50\nsunrise = \"1min\"\n";
        String full = "[[fault]]\nkind = \"disk_full\"\nat = \"1s\"\nfor = \"15min\"\nnodes = [3]\n";

        long withRoom = made(run(battery), 900);
        long withoutRoom = made(run(battery + full), 900);

        assertTrue(withRoom > 10, () -> withRoom + " packets");
        assertEquals(0, withoutRoom);
        assertTrue(made(run(battery + full), 1_200) > 10);
    }

    /** Packets of node 3 that were made after it ran dry and before that second. */
    private static long made(RunFigures figures, long untilS) {
        return figures.packets().stream()
                .filter(packet -> packet.from() == 3 && packet.createdUs() > 50_000_000)
                .filter(packet -> packet.createdUs() < untilS * 1_000_000)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "torn", "lost"})
    void whatever_is_left_of_a_disk_a_node_comes_back(String storage) throws ConfigException {
        RunFigures figures = run(fault("crash", "for = \"20s\"\nnodes = [2]\nstorage = \"" + storage + "\""));

        List<RunFigures.PacketRecord> late = figures.packets().stream()
                .filter(packet -> packet.createdUs() > 150_000_000)
                .toList();
        assertTrue(late.stream().anyMatch(packet -> packet.from() == 2));
        assertTrue(
                late.stream().allMatch(RunFigures.PacketRecord::isDelivered),
                () -> "lost "
                        + late.stream().filter(packet -> !packet.isDelivered()).toList());
    }

    @Test
    void a_fault_comes_again_at_random_times() throws ConfigException {
        String text =
                fault("crash", "for = \"5s\"\nevery = \"30s\"\nshare = 0.25").replace("6min", "30min");
        List<FaultPlan> faults = scenario(text).faults();

        // 1740 s, one each 35 s on average.
        assertEquals(50, faults.size(), 15);
        for (int i = 1; i < faults.size(); i++) {
            assertTrue(faults.get(i).atMs() >= faults.get(i - 1).untilMs());
            assertEquals(5_000, faults.get(i).untilMs() - faults.get(i).atMs());
            assertEquals(1, faults.get(i).nodes().size());
        }
        assertTrue(faults.stream().map(FaultPlan::nodes).distinct().count() > 1, "always the same node");
        assertEquals(faults, scenario(text).faults());
    }

    /** Their share is one of frames, not one of nodes to be drawn. */
    @Test
    void frames_that_come_twice_again_do_so_where_they_did_first() throws ConfigException {
        for (String kind : List.of("duplicate", "reorder", "corrupt")) {
            List<FaultPlan> everywhere = scenario(fault(kind, "share = 0.2\nfor = \"5s\"\nevery = \"10s\""))
                    .faults();
            List<FaultPlan> link = scenario(fault(kind, "share = 0.2\nfor = \"5s\"\nevery = \"10s\"\nbetween = [1, 2]"))
                    .faults();

            assertTrue(everywhere.size() > 2, kind);
            assertTrue(everywhere.stream().allMatch(fault -> fault.nodes().isEmpty()), everywhere::toString);
            assertTrue(link.stream().allMatch(fault -> fault.nodes().equals(List.of(1, 2))), link::toString);
        }
    }

    /** The way there has small frames only, the way back all: an acknowledgement is a small frame. */
    @Test
    void a_narrow_link_loses_what_is_larger_and_nothing_else() throws ConfigException {
        String large = LINE + "bytes = 250\n";
        String narrow = "[[fault]]\nkind = \"narrow\"\nat = \"60s\"\nbetween = [2, 1]\n";
        RunFigures whole = run(large);

        assertEquals(whole.traceHash(), run(large + narrow + "bytes = 1500\n").traceHash());
        assertEquals(
                whole.traceHash(), run(large + narrow + "bytes = 300\nto = 2\n").traceHash());
        assertEquals(run(LINE).delivered(), run(LINE + narrow + "bytes = 300\n").delivered());
        RunFigures cut = run(large + narrow + "bytes = 300\nto = 1\n");
        assertEquals(whole.offered(), whole.delivered());
        long beyond = cut.packets().stream()
                .filter(packet -> packet.from() >= 2 && packet.createdUs() > 60_000_000 && packet.isDelivered())
                .count();
        assertEquals(0, beyond, "over the only link");
        assertEquals(
                cut.traceHash(), run(large + narrow + "bytes = 300\nto = 1\n").traceHash());
    }

    @Test
    void the_largest_frame_of_a_narrow_link_comes_through_and_draws_of_others_stay_theirs() throws ConfigException {
        String narrow = "[[fault]]\nkind = \"narrow\"\nat = \"60s\"\nbytes = 300\nbetween = [1, 2]\n";
        FrameFaults faults = new FrameFaults(scenario(LINE + narrow).faults(), 4, new Seeds(1));
        assertEquals(Mishap.NONE, faults.mishap(1, 2, 300, 60_000_000));
        assertEquals(Mishap.LOST, faults.mishap(1, 2, 301, 60_000_000));
        assertEquals(Mishap.NONE, faults.mishap(1, 2, 301, 59_999_999));
        assertEquals(Mishap.NONE, faults.mishap(2, 3, 301, 60_000_000));

        String twice = "[[fault]]\nkind = \"duplicate\"\nat = \"60s\"\nshare = 0.5\n";
        FrameFaults alone = new FrameFaults(scenario(LINE + twice).faults(), 4, new Seeds(1));
        FrameFaults beside = new FrameFaults(scenario(LINE + narrow + twice).faults(), 4, new Seeds(1));
        for (int i = 0; i < 50; i++) {
            assertEquals(alone.mishap(1, 2, 200, 60_000_000), beside.mishap(1, 2, 200, 60_000_000));
        }
    }

    @Test
    void a_narrow_link_is_told_in_words_and_its_errors_at_their_line() throws ConfigException {
        Scenario one = scenario(fault("narrow", "between = [2, 1]\nto = 2\nbytes = 300"));

        assertEquals(
                "frames of more than 300 bytes lost from n1 to n2",
                FaultText.of(one.faults().get(0), one.nodes().names()));
        assertEquals(
                "narrow of 300 bytes, one way from 1min on: n1, n2",
                ScenarioText.fault(one.faults().get(0), one.nodes()));
        String wrong = fault("narrow", "between = [1, 2]\nto = 3\nbytes = 0");
        String told = String.valueOf(
                assertThrows(ConfigException.class, () -> scenario(wrong)).getMessage());
        assertTrue(told.contains("test.toml:13:1: [[fault]] to is none of the two in between"), told);
        assertTrue(told.contains("test.toml:14:1: [[fault]] bytes = 0 is not 1 to 4096"), told);
        String nothing = fault("narrow", "");
        assertTrue(String.valueOf(assertThrows(ConfigException.class, () -> scenario(nothing))
                        .getMessage())
                .contains("bytes"));
    }

    @Test
    void wrong_faults_are_told_all_at_once() {
        String text = "[[fault]]\nkind = \"corrupt\"\nat = \"1s\"\nshare = 2\n"
                + "[[fault]]\nkind = \"clock_drift\"\nat = \"1s\"\nnodes = [1]\nppm = 1e6\n"
                + "[[fault]]\nkind = \"clock_jump\"\nat = \"1s\"\nnodes = [1]\n"
                + "[[fault]]\nkind = \"sensor\"\nat = \"1s\"\nnodes = [1]\nmode = \"stick\"\n"
                + "[[fault]]\nkind = \"crash\"\nat = \"1s\"\nnodes = [1]\nstorage = \"burnt\"\nevery = \"1min\"\n"
                + "[routing]\nprotocol = \"aodv\"\n";

        String told = String.valueOf(
                assertThrows(ConfigException.class, () -> scenario(text)).getMessage());

        assertTrue(told.contains("test.toml:4:1: [[fault]] share = 2 is not 0 to 1"), told);
        assertTrue(
                told.contains(
                        "test.toml:2:1: [[fault]] kind corrupt is of whole nodes, and of protocol aodv there is a router only"),
                told);
        assertTrue(told.contains("test.toml:9:1: [[fault]] ppm = 1000000 is not -50000 to 50000"), told);
        assertTrue(told.contains("test.toml:11:1: [[fault]] needs either by or back"), told);
        assertTrue(told.contains("test.toml:18:1: [[fault]] mode 'stick' is not one of silent, stuck"), told);
        assertTrue(told.contains("test.toml:23:1: [[fault]] storage 'burnt' is not one of kept, torn, lost"), told);
        assertTrue(told.contains("test.toml:24:1: [[fault]] every is of faults that end"), told);
    }
}
