package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that gets more seeds or values keeps what it has, and ends up as if it had been that large from the first run on. */
@Timeout(60)
final class SweepGrowthTest {
    @TempDir
    private Path directory;

    /** What was run, by number of nodes and seed. */
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private RunOutcome run(RunJob job) {
        String its = job.text().replaceAll("(?s).*count = ([0-9]+).*", "$1") + "/" + job.seed();
        done.add(its);
        return SweepRuns.outcome(0.5 + (job.seed() % 7) / 100.0, "hash" + its);
    }

    private SweepTable sweep(String name, SweepPlan plan) throws IOException, SweepException, InterruptedException {
        return sweep(name, SweepRuns.header(plan));
    }

    private SweepTable sweep(String name, SweepHeader header) throws IOException, SweepException, InterruptedException {
        return SweepRuns.sweep(directory.resolve(name), header, true, 1, this::run);
    }

    private SweepTable merge(String out, String... from) throws IOException, SweepException {
        SweepMerge merge =
                SweepMerge.of(List.of(from).stream().map(directory::resolve).toList(), directory.resolve(out));
        merge.write();
        return merge.table();
    }

    private String text(String name, String file) throws IOException {
        return Files.readString(directory.resolve(name).resolve(file));
    }

    private void assertSameTables(String expected, String actual) throws IOException {
        for (String file : List.of("runs.csv", "table.csv")) {
            assertEquals(text(expected, file), text(actual, file));
        }
    }

    private String refused(String name, SweepHeader header) throws IOException {
        String before = text(name, "runs.jsonl");
        String why = String.valueOf(
                assertThrows(SweepException.class, () -> sweep(name, header)).getMessage());
        assertEquals(before, text(name, "runs.jsonl"));
        return why;
    }

    @Test
    void more_seeds_and_values_are_run_and_what_is_there_is_not_run_again() throws Exception {
        sweep("a", SweepRuns.plan("1..3", "nodes.count=3,5"));
        List<String> before = List.copyOf(done);
        done.clear();
        SweepPlan larger = SweepRuns.plan("0..5", "nodes.count=2,3,4,5");

        SweepTable table = sweep("a", larger);

        assertEquals(6, before.size());
        assertEquals(24 - 6, new HashSet<>(done).size());
        assertEquals(24 - 6, done.size());
        assertTrue(Collections.disjoint(before, done), () -> before + " and " + done);
        assertEquals(List.of(), table.missing());
        sweep("b", larger);
        assertSameTables("b", "a");
        assertFalse(Files.exists(directory.resolve("a/runs.jsonl.new")));
        done.clear();
        sweep("a", larger);
        assertEquals(List.of(), done);
    }

    @Test
    void the_order_of_keys_is_that_of_the_newer_command() throws Exception {
        sweep("a", SweepRuns.plan("1..2", "nodes.count=2,3", "radio.loss=0,0.1"));
        done.clear();

        sweep("a", SweepRuns.plan("1..2", "radio.loss=0,0.1", "nodes.count=2,3"));

        assertEquals(List.of(), done);
        assertTrue(text("a", "table.csv").contains("radio.loss,nodes.count"), () -> "keys are in the old order");
    }

    /** 1 and 1.0 are one number in JSON. */
    @Test
    void a_value_is_the_same_however_it_is_written() throws Exception {
        sweep("a", SweepRuns.plan("1", "radio.loss=0,1"));
        done.clear();

        sweep("a", SweepRuns.plan("1", "radio.loss=0.5,1.0,0.0"));

        assertEquals(1, done.size());
    }

    @Test
    void a_wanted_precision_may_become_another_one_or_go() throws Exception {
        SweepPlan plan = SweepRuns.plan("1..12", "nodes.count=2");
        sweep("a", plan.withPrecision(Optional.of(0.5), "pdr", 4));
        int coarse = done.size();
        sweep("a", plan.withPrecision(Optional.of(0.036), "pdr", 4));
        int fine = done.size();
        List<SweepJobs.Progress> progress = new ArrayList<>();
        SweepHeader coarseAgain = SweepRuns.header(plan.withPrecision(Optional.of(0.5), "pdr", 4));
        try (SweepOutput output = SweepOutput.open(directory.resolve("a"), coarseAgain, true)) {
            progress.add(
                    new SweepJobs(coarseAgain, SweepRuns.TEXT, Path.of("t"), output.outcomes(), output.file(), at -> {})
                            .progress());
        }
        sweep("a", plan);

        assertEquals(4, coarse);
        assertEquals(8, fine);
        assertEquals(8, progress.get(0).done());
        assertEquals(8, progress.get(0).planned());
        assertEquals(12, done.size());
        assertEquals(12, new HashSet<>(done).size());
    }

    @Test
    void a_run_that_failed_is_done_again_where_it_is_now() throws Exception {
        SweepRuns.sweep(
                directory.resolve("a"),
                SweepRuns.header(SweepRuns.plan("5..6")),
                false,
                1,
                job -> job.seed() == 6 ? RunOutcome.failed("out of memory") : run(job));
        done.clear();

        SweepTable table = sweep("a", SweepRuns.plan("4..6"));

        assertEquals(List.of("2/4", "2/6"), done);
        assertEquals(0, table.failed());
    }

    @Test
    void what_is_not_larger_is_refused_with_the_reason() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..20", "nodes.count=2,3"));
        sweep("a", header);

        String less = refused("a", SweepRuns.header(SweepRuns.plan("1..15,20", "nodes.count=2,4")));
        String keys = refused("a", SweepRuns.header(SweepRuns.plan("1..20", "nodes.count=2,3", "radio.loss=0")));
        String file = refused(
                "a",
                new SweepHeader(
                        "test", "t", "11", "00", "commit", OptionalLong.empty(), header.plan(), Shard.WHOLE, Map.of()));
        String end = refused(
                "a",
                new SweepHeader(
                        "test",
                        "t",
                        header.hash(),
                        "00",
                        "commit",
                        OptionalLong.of(1500),
                        header.plan(),
                        Shard.WHOLE,
                        Map.of()));

        assertTrue(less.startsWith("--resume goes on with the same sweep, or makes it larger: "), less);
        assertTrue(less.endsWith("there is more than what is wanted now: nodes.count=3, seeds 16..19"), less);
        assertTrue(keys.contains("other keys are varied, nodes.count and nodes.count, radio.loss"), keys);
        assertTrue(file.contains("the scenario file has changed"), file);
        assertTrue(end.contains("--until not set and 1.5 s"), end);
    }

    /** They have no hash without {@code [sweep]}: that of the whole text decides. */
    @Test
    void a_file_of_an_older_version_goes_on_if_the_whole_text_is_the_same() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        SweepHeader changed = new SweepHeader(
                "test", "t", header.hash(), "00", "commit", OptionalLong.empty(), header.plan(), Shard.WHOLE, Map.of());
        sweep("a", header);
        Path file = directory.resolve("a/runs.jsonl");
        String now = Files.readString(file);
        Files.writeString(file, now.replace("\"scenarioHash\":\"hash of it\",", ""));
        done.clear();

        String why = refused("a", changed);
        sweep("a", header);

        assertTrue(why.contains("of an older version its [sweep] counts, too"), why);
        assertEquals(List.of(), done);
        assertEquals(now, Files.readString(file));
        sweep("a", changed);
        assertEquals(List.of(), done);
    }

    @Test
    void a_shard_grows_if_each_run_stays_in_its_shard() throws Exception {
        SweepPlan larger = SweepRuns.plan("1..4", "nodes.count=2,3,4");
        for (int i = 1; i <= 2; i++) {
            Shard shard = new Shard(i, 2);
            sweep(
                    "a",
                    SweepRuns.header(SweepRuns.plan("1..2", "nodes.count=2,3")).withShard(shard));
        }
        for (int i = 1; i <= 2; i++) {
            sweep("a", SweepRuns.header(larger).withShard(new Shard(i, 2)));
        }

        assertEquals(12, done.size());
        assertEquals(List.of(), merge("whole", "a").missing());
        sweep("b", larger);
        assertSameTables("b", "whole");
    }

    @Test
    void a_shard_that_would_do_again_what_another_one_has_does_not_grow() throws Exception {
        Shard first = new Shard(1, 2);
        sweep("a", SweepRuns.header(SweepRuns.plan("1..3", "nodes.count=2,3")).withShard(first));
        String before = text("a", "runs-1-of-2.jsonl");

        SweepException refused = assertThrows(
                SweepException.class,
                () -> sweep(
                        "a",
                        SweepRuns.header(SweepRuns.plan("1..4", "nodes.count=2,3"))
                                .withShard(first)));

        assertTrue(String.valueOf(refused.getMessage()).contains("thicket sim merge"), refused::getMessage);
        assertEquals(before, text("a", "runs-1-of-2.jsonl"));
    }

    @Test
    void a_sweep_that_another_process_writes_does_not_grow() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        try (SweepOutput first = SweepOutput.open(directory.resolve("a"), header, false)) {
            String why = refused("a", SweepRuns.header(SweepRuns.plan("1..4")));

            assertTrue(why.contains("another process writes to it"), why);
            assertTrue(first.outcomes().isEmpty());
        }
    }

    @Test
    void while_it_runs_a_grown_sweep_is_locked_like_any_other() throws Exception {
        sweep("a", SweepRuns.plan("1..2"));
        SweepHeader larger = SweepRuns.header(SweepRuns.plan("1..4"));
        try (SweepOutput first = SweepOutput.open(directory.resolve("a"), larger, true)) {
            String why = refused("a", larger);

            assertTrue(why.contains("another process writes to it"), why);
            assertEquals(2, first.outcomes().size());
        }
    }

    /** It was locked itself: who had the older one open wrote to a file that was no longer there. */
    @Test
    void what_is_locked_is_not_the_file_that_is_replaced() throws Exception {
        sweep("a", SweepRuns.plan("1..2"));
        try (FileChannel channel = FileChannel.open(directory.resolve("a/runs.jsonl.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            String why = refused("a", SweepRuns.header(SweepRuns.plan("1..5")));

            assertTrue(why.contains("another process writes to it"), why);
            assertTrue(lock.isValid());
        }
    }

    @Test
    void sweeps_of_other_seeds_and_values_become_one() throws Exception {
        sweep("a", SweepRuns.plan("1..3", "nodes.count=2,3"));
        sweep("seeds", SweepRuns.plan("4..6", "nodes.count=3,2"));
        sweep("points", SweepRuns.plan("6,1..5", "nodes.count=5"));

        SweepTable table = merge("whole", "a", "seeds", "points");
        SweepTable kept = merge("a", "points", "seeds");

        assertEquals(List.of(), table.missing());
        assertEquals(List.of(), kept.missing());
        sweep("b", SweepRuns.plan("1..6", "nodes.count=2,3,5"));
        assertSameTables("b", "whole");
    }

    @Test
    void a_grid_of_which_a_corner_is_not_there_names_it() throws Exception {
        sweep("a", SweepRuns.plan("1..2", "nodes.count=2"));
        sweep("b", SweepRuns.plan("3", "nodes.count=3"));
        SweepMerge merge =
                SweepMerge.of(List.of(directory.resolve("a"), directory.resolve("b")), directory.resolve("m"));

        assertEquals(List.of(2, 3, 4), merge.table().missing());
        assertEquals(
                "not all files have the same values and seeds; all together are 2 points with 3 seeds", merge.grown());
    }

    @Test
    void what_contradicts_does_not_merge() throws Exception {
        sweep("a", SweepRuns.plan("1..3", "nodes.count=2"));
        SweepRuns.sweep(
                directory.resolve("traces"),
                SweepRuns.header(SweepRuns.plan("3..4", "nodes.count=2")),
                false,
                1,
                job -> SweepRuns.outcome(0.9, "another"));
        sweep("keys", SweepRuns.plan("4", "radio.loss=0"));
        sweep("precision", SweepRuns.plan("4..9", "nodes.count=2").withPrecision(Optional.of(0.5), "pdr", 5));
        String[][] why = {
            {"traces", "run 2 is in another file, too, with another trace"},
            {"keys", "are not of one sweep: other keys are varied, nodes.count and radio.loss"},
            {"precision", "are not of one sweep: another precision, figure or batch"},
        };

        for (String[] each : why) {
            SweepException refused = assertThrows(SweepException.class, () -> merge("m", "a", each[0]));
            assertTrue(String.valueOf(refused.getMessage()).contains(each[1]), refused::getMessage);
        }
        assertFalse(Files.exists(directory.resolve("m")));
    }
}
