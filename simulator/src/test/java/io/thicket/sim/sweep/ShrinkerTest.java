package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.TomlTree;
import io.thicket.sim.run.StartPieces;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShrinkerTest {
    private static final Path HERE = Path.of("x.toml");

    private static Scenario read(String text) throws Exception {
        return ScenarioReader.parse(text, "x.toml", Path.of("/"), Overrides.NONE);
    }

    private static RunOutcome runIt(String text, long seed) {
        return new RunService("test", () -> 0).run(new RunJob(0, text, "x", HERE, seed, OptionalLong.empty()));
    }

    /** Draws of faults that come again stay what they were when others are written down; batteries and sensors keep their nodes. */
    @Test
    void a_frozen_world_is_the_same_run_bit_for_bit() throws Exception {
        String text = """
                [scenario]
                duration = "6min"
                [nodes]
                count = 12
                [[traffic]]
                interval = "20s"
                [[energy]]
                nodes = [4, 5]
                battery_mah = 20
                [[sensor]]
                name = "t"
                nodes = [3]
                source = "random_walk"
                [[fault]]
                kind = "crash"
                share = 0.2
                at = "60s"
                for = "10s"
                [[fault]]
                kind = "sensor"
                mode = "silent"
                share = 0.3
                at = "70s"
                for = "60s"
                [[fault]]
                kind = "crash"
                share = 0.1
                at = "90s"
                for = "5s"
                every = "30s"
                """;
        java.util.Map<String, Object> tree = FrozenScenario.of(text, HERE, read(text));

        String frozen = TomlTree.text(tree);

        assertEquals(read(text).faults(), read(frozen).faults());
        assertEquals(runIt(text, 1).traceHash(), runIt(frozen, 1).traceHash());
        FrozenScenario.removeNodes(tree, java.util.Set.of("n2", "n3"));
        Scenario smaller = read(TomlTree.text(tree));
        assertEquals(java.util.List.of(2, 3), smaller.world().energy().get(0).nodes()); // n4 and n5
        assertEquals(0, smaller.world().sensors().size());
    }

    /** Whatever a random scenario has: written down, it is the same run. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
    void a_frozen_scenario_is_the_same_run_bit_for_bit(long seed) throws Exception {
        String text = SwarmScenario.text(seed, 12) + "\n[[fault]]\nkind = \"crash\"\nshare = 0.4\nat = \"30s\"\n";

        String frozen = TomlTree.text(FrozenScenario.of(text, HERE, read(text)));

        assertEquals(runIt(text, seed).traceHash(), runIt(frozen, seed).traceHash());
        assertFalse(frozen.contains("share = 0.4"), frozen); // of nodes; shares of frames stay
    }

    @Test
    void links_are_written_both_ways() throws Exception {
        String text =
                "[nodes]\ncount = 3\nlinks = [[0, 1, 0.9, 0.5], [1, 2]]\n[radio]\nmodel = \"links\"\n[[traffic]]\ninterval = \"5s\"\n";

        String frozen = TomlTree.text(FrozenScenario.of(text, HERE, read(text)));

        assertEquals(read(text).nodes().links(), read(frozen).nodes().links());
    }

    @Test
    void nodes_go_wherever_they_are_named() throws Exception {
        String text = "[nodes]\ncount = 4\n[[traffic]]\nfrom = [1, 3]\n[[traffic]]\nto = 3\n"
                + "[[fault]]\nkind = \"flap\"\nbetween = [2, 3]\nat = \"1s\"\n[[fault]]\nkind = \"crash\"\nnodes = [2, 3]\nat = \"1s\"\n";
        java.util.Map<String, Object> tree = FrozenScenario.of(text, HERE, read(text));

        FrozenScenario.removeNodes(tree, java.util.Set.of("n3"));

        Scenario left = read(TomlTree.text(tree));
        assertEquals(List.of("n0", "n1", "n2"), left.nodes().names());
        assertEquals(1, left.traffic().size());
        assertEquals(1, left.faults().size());
        assertEquals(List.of(2), left.faults().get(0).nodes());
    }

    private static final String WORLD =
            "[scenario]\nduration = \"4min\"\n[nodes]\ncount = 6\n[[traffic]]\ninterval = \"9s\"\n"
                    + "[[energy]]\nnodes = [3, 5]\nbattery_mah = 5\n[[energy]]\nnodes = [4]\nbattery_mah = 9000\n"
                    + "[[sensor]]\nnodes = [5]\nname = \"t\"\nsource = \"random_walk\"\n";

    private static String fault(String kind, String rest) {
        return "[[fault]]\nkind = \"" + kind + "\"\nat = \"20s\"\nfor = \"10s\"\n" + rest + "\n";
    }

    /** Also what is drawn anew each time, and shares that are of frames and not of nodes. */
    @Test
    void faults_that_come_again_are_written_down_one_by_one() throws Exception {
        String text = WORLD
                + fault("crash", "share = 0.4\nevery = \"20s\"")
                + fault("sensor", "share = 0.5\nmode = \"silent\"\nevery = \"30s\"")
                + fault("duplicate", "share = 0.2\nevery = \"30s\"")
                + fault("crash", "nodes = [2]\nstorage = \"torn\"\nevery = \"40s\"");
        Scenario scenario = read(text);

        String frozen = TomlTree.text(FrozenScenario.of(text, HERE, scenario));

        assertTrue(scenario.faults().size() > 8, () -> scenario.faults().toString());
        assertEquals(scenario.faults(), read(frozen).faults());
        assertEquals(scenario.world(), read(frozen).world());
        assertFalse(frozen.contains("every = \"20s\""), frozen);
        assertEquals(runIt(text, 1).traceHash(), runIt(frozen, 1).traceHash());
    }

    @Test
    void a_clock_that_drifts_again_and_again_stays_as_it_is() throws Exception {
        String text = WORLD
                + fault("clock_drift", "nodes = [1]\nppm = 100\nevery = \"20s\"")
                + fault("crash", "share = 0.4\nevery = \"20s\"");

        String frozen = TomlTree.text(FrozenScenario.of(text, HERE, read(text)));

        assertEquals(read(text).faults(), read(frozen).faults());
    }

    @Test
    void batteries_and_sensors_follow_their_nodes() throws Exception {
        java.util.Map<String, Object> tree = FrozenScenario.of(WORLD, HERE, read(WORLD));

        FrozenScenario.removeNodes(tree, java.util.Set.of("n1", "n4"));

        Scenario left = read(TomlTree.text(tree));
        assertEquals(List.of("n0", "n2", "n3", "n5"), left.nodes().names());
        assertEquals(1, left.world().energy().size());
        assertEquals(List.of(2, 3), left.world().energy().get(0).nodes());
        assertEquals(List.of(3), left.world().sensors().get(0).nodes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 100})
    void delta_debugging_finds_what_matters(int size) {
        List<Integer> all = java.util.stream.IntStream.range(0, size).boxed().toList();
        List<Integer> guilty = new ArrayList<>(new java.util.TreeSet<>(List.of(0, size / 2, size - 1)));

        assertEquals(guilty, DeltaDebugging.minimize(all, some -> some.containsAll(guilty)));
        assertEquals(List.of(), DeltaDebugging.minimize(all, some -> true));
    }

    private static RunOutcome summary(String check, int offered, double bound) {
        return RunOutcome.of("{\"offered\":" + offered + ",\"pdrBound\":" + bound + ",\"checks\":[" + check + "]}");
    }

    @Test
    void a_network_that_sends_nothing_or_is_in_pieces_fails_otherwise() {
        String low = "{\"name\":\"delivery\",\"measured\":0.5,\"atLeast\":0.9,\"held\":false}";
        String none = "{\"name\":\"delivery\",\"measured\":null,\"atLeast\":0.9,\"held\":false}";
        ShrinkGoal goal = ShrinkGoal.of(summary(low, 10, 1)).get(0);

        assertTrue(goal.isMetBy(summary(low, 2, 0.95)));
        assertFalse(goal.isMetBy(summary(none, 0, 1)));
        assertFalse(goal.isMetBy(summary(low, 10, 0.5)));
        assertFalse(goal.isMetBy(RunOutcome.failed("java.lang.AssertionError")));
    }

    /** Half of the packets had no way, and all others but one arrived: that is another failure than losing seven of ten. */
    @Test
    void packets_that_are_lost_on_their_way_stay_lost() {
        String check = "{\"name\":\"delivery\",\"measured\":%s,\"atLeast\":0.5,\"held\":false}";
        ShrinkGoal goal = ShrinkGoal.of(summary(check.formatted("0.3"), 10, 1)).get(0);

        assertTrue(goal.isMetBy(summary(check.formatted("0.2"), 10, 0.5)));
        assertFalse(goal.isMetBy(summary(check.formatted("0.49"), 100, 0.5)));
        assertFalse(goal.isMetBy(summary(check.formatted("0"), 10, 0)));
    }

    /** A fault takes the ways of most packets; without it, two nodes out of each other's reach fail as well. */
    @ParameterizedTest
    @ValueSource(strings = {"kind = \"delivery\"\nat_least = 0.5", "kind = \"latency\"\nat_most = \"5s\""})
    void a_network_that_a_fault_cuts_is_not_cut_by_leaving_nodes_out(String check) throws Exception {
        String text = """
                [scenario]
                duration = "3min"
                warm_up = "0s"
                [nodes]
                layout = "line"
                count = 5
                [[traffic]]
                from = [4]
                interval = "10s"
                [[fault]]
                kind = "partition"
                nodes = [0]
                at = "0s"
                [[check]]
                """ + check;
        Worker worker = SweepRuns.worker(job -> runIt(job.text(), job.seed()));
        ShrinkGoal goal = ShrinkGoal.of(runIt(text, 1)).get(0);

        Shrinker.Result result = Shrinker.shrink(HERE, text, read(text), goal, worker, 500, size -> {}, () -> false);

        Scenario left = read(result.text());
        assertEquals(1, left.faults().size(), result::text);
        assertEquals(5, left.nodes().count(), result::text);
        assertEquals(1, Set.copyOf(StartPieces.of(left).values()).size());
    }

    @Test
    void a_fault_of_the_program_is_known_by_its_kind() {
        ShrinkGoal goal = ShrinkGoal.of(RunOutcome.failed("java.lang.AssertionError: at 30 s\n    at x"))
                .get(0);

        assertTrue(goal.isMetBy(RunOutcome.failed("java.lang.AssertionError: at 4 s\n    at y")));
        assertFalse(goal.isMetBy(RunOutcome.failed("java.lang.IllegalStateException")));
        assertEquals(List.of(), ShrinkGoal.of(RunOutcome.failed(RunService.NO_SCENARIO + ": x")));
    }

    private static final String LARGE =
            "[scenario]\nduration = \"5min\"\n[nodes]\ncount = 9\n[radio]\nloss = 0.1\n[mobility]\nspeed_max = 3\n"
                    + "[[traffic]]\ninterval = \"9s\"\n[[fault]]\nkind = \"loss\"\nloss = 0.5\nat = \"10s\"\n"
                    + "[[fault]]\nkind = \"partition\"\nnodes = [1, 2, 4]\nat = \"20s\"\n[[check]]\nkind = \"loops\"\n";

    /** A worker that is the failure: nodes n1 and n4, the partition and 40 s. */
    private static RunOutcome failing(RunJob job) {
        boolean fails;
        try {
            Scenario its = ScenarioReader.parse(job.text(), "x", Path.of("/"), Overrides.NONE);
            fails = its.nodes().names().containsAll(List.of("n1", "n4"))
                    && job.text().contains("partition")
                    && its.durationMs() >= 40_000;
        } catch (io.thicket.agent.config.ConfigException e) {
            return RunOutcome.failed(RunService.NO_SCENARIO);
        }
        return fails ? RunOutcome.failed("java.lang.AssertionError") : summary("", 1, 1);
    }

    @Test
    void everything_that_does_not_matter_goes_and_the_bound_holds() throws Exception {
        String text = LARGE;
        Worker worker = SweepRuns.worker(ShrinkerTest::failing);
        ShrinkGoal goal = new ShrinkGoal("java.lang.AssertionError", false, false, false, false);

        Shrinker.Result result = Shrinker.shrink(HERE, text, read(text), goal, worker, 500, size -> {}, () -> false);
        Shrinker.Result bounded = Shrinker.shrink(HERE, text, read(text), goal, worker, 5, size -> {}, () -> false);

        Scenario left = read(result.text());
        assertEquals(List.of("n1", "n4"), left.nodes().names());
        assertEquals(40_000, left.durationMs());
        assertEquals(1, left.faults().size());
        assertEquals(List.of(), left.traffic());
        assertEquals(0, left.radio().loss());
        assertFalse(result.text().contains("mobility"), result::text);
        assertFalse(result.bounded());
        assertEquals(5, bounded.runs());
        assertTrue(bounded.bounded());
    }

    /** The run under way was ended with it, so that what came of it says nothing. */
    @Test
    void one_that_is_stopped_has_the_smallest_so_far() throws Exception {
        int[] done = {0};
        Worker worker = SweepRuns.worker(job -> {
            done[0]++;
            return done[0] < 9 ? failing(job) : RunOutcome.failed("java.lang.AssertionError");
        });
        List<String> told = new ArrayList<>();
        ShrinkGoal goal = new ShrinkGoal("java.lang.AssertionError", false, false, false, false);

        Shrinker.Result result =
                Shrinker.shrink(HERE, LARGE, read(LARGE), goal, worker, 500, told::add, () -> done[0] >= 9);

        assertTrue(result.stopped());
        assertFalse(result.bounded());
        assertEquals(9, done[0]);
        assertEquals(8, result.runs());
        assertFalse(told.isEmpty());
        assertTrue(told.get(told.size() - 1).startsWith(Shrinker.size(result.text()) + ", "), told::toString);
        assertFalse(ShrinkGoal.of(failing(new RunJob(0, result.text(), "x", HERE, 1, OptionalLong.empty())))
                .isEmpty());
    }
}
