package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SweepJobsTest {
    @TempDir
    private Path directory;

    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    private RunOutcome good(RunJob job) {
        done.add(job.number());
        return SweepRuns.outcome(0.9, "hash" + job.number());
    }

    @Test
    void each_point_is_run_with_each_seed_once() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..4", "nodes.count=2,3,4"));

        SweepTable table = SweepRuns.sweep(directory, header, false, 3, this::good);

        assertEquals(IntStream.range(0, 12).boxed().toList(), List.copyOf(new TreeSet<>(done)));
        assertEquals(12, done.size());
        assertEquals(
                List.of(
                        "nodes.count  runs  pdr     checks held",
                        "2            4     0.9 ±0  4 of 4",
                        "3            4     0.9 ±0  4 of 4",
                        "4            4     0.9 ±0  4 of 4"),
                SweepRuns.lines(table));
    }

    @Test
    void a_run_gets_its_values_and_its_seed() throws Exception {
        List<RunJob> jobs = Collections.synchronizedList(new ArrayList<>());
        SweepHeader header = SweepRuns.header(SweepRuns.plan("7,0x10", "nodes.count=3"));

        SweepRuns.sweep(directory, header, false, 1, job -> {
            jobs.add(job);
            return SweepRuns.outcome(1, "a");
        });

        assertEquals(List.of(7L, 16L), jobs.stream().map(RunJob::seed).toList());
        assertTrue(jobs.get(0).text().contains("count = 3"), jobs.get(0).text());
    }

    @Test
    void what_is_done_is_not_run_again_and_a_torn_line_is_cut_off() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..5", "nodes.count=2,3"));
        SweepRuns.sweep(directory, header, false, 1, this::good);
        Path file = directory.resolve("runs.jsonl");
        List<String> lines = Files.readAllLines(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // As after a kill in the middle of the eighth run's line.
            long seven = lines.subList(0, 8).stream()
                    .mapToLong(line -> line.length() + 1)
                    .sum();
            channel.truncate(seven + 17);
        }
        List<Integer> before = List.copyOf(done.subList(0, 7));
        done.clear();

        SweepTable table = SweepRuns.sweep(directory, header, true, 2, this::good);

        assertEquals(3, done.size());
        assertTrue(Collections.disjoint(before, done), () -> before + " and " + done);
        assertEquals(List.of(), table.missing());
        assertEquals(11, Files.readAllLines(file).size());
    }

    @Test
    void a_sweep_that_was_killed_before_its_first_line_begins_anew() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        Files.writeString(directory.resolve("runs.jsonl"), "{\"thicketSw");

        SweepTable table = SweepRuns.sweep(directory, header, true, 1, this::good);

        assertEquals(List.of(), table.missing());
    }

    /** The first byte of the two of an umlaut. */
    @Test
    void a_first_line_that_was_torn_within_a_character_begins_anew() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        Files.write(directory.resolve("runs.jsonl"), new byte[] {'{', '"', (byte) 0xc3});

        SweepTable table = SweepRuns.sweep(directory, header, true, 1, this::good);

        assertEquals(List.of(), table.missing());
    }

    @Test
    void results_are_not_written_over_and_not_mixed() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        SweepRuns.sweep(directory, header, false, 1, this::good);

        SweepException twice =
                assertThrows(SweepException.class, () -> SweepRuns.sweep(directory, header, false, 1, this::good));
        SweepException other = assertThrows(
                SweepException.class,
                () -> SweepRuns.sweep(directory, SweepRuns.header(SweepRuns.plan("2..3")), true, 1, this::good));

        assertTrue(String.valueOf(twice.getMessage()).contains("--resume"), twice::getMessage);
        assertTrue(
                String.valueOf(other.getMessage()).contains("there is more than what is wanted now: seed 1"),
                other::getMessage);
    }

    @Test
    void a_run_that_failed_is_counted_told_and_done_again_on_resume() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..3", "nodes.count=2"));

        SweepTable table = SweepRuns.sweep(
                directory, header, false, 1, job -> job.seed() == 2 ? RunOutcome.failed("out of memory") : good(job));
        int failed = table.failed();
        done.clear();
        SweepTable again = SweepRuns.sweep(directory, header, true, 1, this::good);

        assertEquals(1, failed);
        assertTrue(SweepRuns.lines(table).get(1).contains("2 (1 FAILED)"), () -> SweepRuns.lines(table)
                .toString());
        assertEquals(
                List.of("FAILED run 1: out of memory\n    thicket sim run test.toml --seed 0x2 --set nodes.count=2"),
                table.failures());
        assertEquals(List.of(1), done);
        assertEquals(0, again.failed());
    }

    /** Of a steady point the first batch is enough; of one that swings all seeds are run. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void a_point_stops_when_it_is_precise_however_many_workers_there_are(int workers) throws Exception {
        SweepPlan plan = SweepRuns.plan("1..40", "nodes.count=2,3").withPrecision(Optional.of(0.05), "pdr", 5);

        SweepTable table = SweepRuns.sweep(directory, SweepRuns.header(plan), false, workers, job -> {
            boolean steady = job.text().contains("count = 2");
            done.add(job.number());
            return SweepRuns.outcome(steady ? 0.9 + job.seed() % 2 * 0.001 : job.seed() % 2, "x" + job.number());
        });

        assertEquals(45, done.size());
        assertEquals(
                List.of(0, 1, 2, 3, 4), new TreeSet<>(done).headSet(40).stream().toList());
        assertEquals(List.of(), table.missing());
    }

    /** Six of them would be precise, but after six nobody looks. */
    @Test
    void a_point_with_a_precision_is_complete_after_whole_batches_only() {
        SweepPlan plan = SweepRuns.plan("1..12").withPrecision(Optional.of(0.33), "pdr", 4);
        double[] pdr = {0.5, 1, 0.5, 1, 0.75, 0.75, 0.75, 0.75};
        Map<Integer, RunOutcome> outcomes = new TreeMap<>();
        List<List<Integer>> missing = new ArrayList<>();
        for (int run = 0; run < pdr.length; run++) {
            outcomes.put(run, SweepRuns.outcome(pdr[run], "x" + run));
            missing.add(new SweepTable(SweepRuns.header(plan), outcomes).missing());
        }

        assertEquals(IntStream.range(4, 12).boxed().toList(), missing.get(3));
        assertEquals(IntStream.range(6, 12).boxed().toList(), missing.get(5));
        assertEquals(List.of(), missing.get(7));
    }

    @Test
    void shards_are_apart_and_together_the_whole() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..5", "nodes.count=2,3,4"));
        SweepRuns.sweep(directory.resolve("whole"), header, false, 1, this::good);
        done.clear();
        for (int i = 1; i <= 4; i++) {
            SweepRuns.sweep(directory.resolve("parts"), header.withShard(new Shard(i, 4)), false, 1, this::good);
        }

        SweepTable merged = merged(List.of(directory.resolve("parts")), directory.resolve("merged"));

        assertEquals(15, done.size());
        assertEquals(15, new TreeSet<>(done).size());
        assertEquals(List.of(), merged.missing());
        for (String name : List.of("runs.csv", "table.csv")) {
            assertEquals(
                    Files.readString(directory.resolve("whole").resolve(name)),
                    Files.readString(directory.resolve("merged").resolve(name)));
        }
    }

    @Test
    void a_shard_that_is_not_there_is_missed() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..4"));
        SweepRuns.sweep(directory, header.withShard(new Shard(2, 2)), false, 1, this::good);

        SweepTable merged = merged(List.of(directory), directory.resolve("merged"));

        assertEquals(List.of(0, 2), merged.missing());
    }

    @Test
    void what_is_in_the_directory_of_a_merge_is_kept_or_of_another_sweep_and_refused() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..4"));
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        Path other = directory.resolve("other");
        SweepRuns.sweep(first, header.withShard(new Shard(1, 2)), false, 1, this::good);
        SweepRuns.sweep(second, header.withShard(new Shard(2, 2)), false, 1, this::good);
        SweepRuns.sweep(other, SweepRuns.header(SweepRuns.plan("1..9", "nodes.count=2")), false, 1, this::good);
        String before = Files.readString(other.resolve("runs.jsonl"));

        merged(List.of(first), directory.resolve("whole"));
        SweepTable whole = merged(List.of(second), directory.resolve("whole"));
        SweepException refused = assertThrows(SweepException.class, () -> merged(List.of(first), other));

        assertEquals(List.of(), whole.missing());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("has the results of another sweep"), refused::getMessage);
        assertEquals(before, Files.readString(other.resolve("runs.jsonl")));
    }

    @Test
    void a_file_is_no_directory_for_results() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..4"));
        Path file = Files.writeString(directory.resolve("notes.txt"), "mine");
        SweepRuns.sweep(directory.resolve("one"), header, false, 1, this::good);

        for (org.junit.jupiter.api.function.Executable each : List.<org.junit.jupiter.api.function.Executable>of(
                () -> SweepOutput.open(file, header, true), () -> merged(List.of(directory.resolve("one")), file))) {
            SweepException refused = assertThrows(SweepException.class, each);
            assertTrue(String.valueOf(refused.getMessage()).contains("it is a file"), refused::getMessage);
        }
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void shards_of_other_code_or_with_other_traces_do_not_merge() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..4"));
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Path old = directory.resolve("old");
        SweepRuns.sweep(one, header, false, 1, this::good);
        SweepRuns.sweep(other, header, false, 1, job -> SweepRuns.outcome(0.9, "another"));
        SweepHeader older = new SweepHeader(
                "test",
                "elsewhere.toml",
                header.hash(),
                header.sha256(),
                "older",
                header.untilMs(),
                header.plan(),
                Shard.WHOLE,
                Map.of());
        SweepRuns.sweep(old, older, false, 1, this::good);

        SweepException traces =
                assertThrows(SweepException.class, () -> merged(List.of(one, other), directory.resolve("m")));
        SweepException code =
                assertThrows(SweepException.class, () -> merged(List.of(one, old), directory.resolve("m")));

        assertTrue(String.valueOf(traces.getMessage()).contains("with another trace"), traces::getMessage);
        assertTrue(String.valueOf(code.getMessage()).contains("commit commit and older"), code::getMessage);
        assertFalse(Files.exists(directory.resolve("m")));
    }

    @Test
    void two_processes_do_not_write_one_file() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2"));
        try (SweepOutput first = SweepOutput.open(directory, header, false)) {
            SweepException locked = assertThrows(SweepException.class, () -> SweepOutput.open(directory, header, true));

            assertTrue(String.valueOf(locked.getMessage()).contains("another process"), locked::getMessage);
            assertEquals(Map.of(), first.outcomes());
        }
    }

    @Test
    void a_disk_that_is_full_ends_the_sweep() {
        IOException full = assertThrows(
                IOException.class,
                () -> WorkerPool.run(3, () -> SweepRuns.worker(job -> SweepRuns.outcome(1, "a")), new Jobs() {
                    @Override
                    public Optional<RunJob> next() {
                        return Optional.of(SwarmJobs.job(0, 1, 5));
                    }

                    @Override
                    public void done(RunJob job, RunOutcome outcome) throws IOException {
                        throw new IOException("no space left on device");
                    }
                }));

        assertEquals("no space left on device", full.getMessage());
    }

    private static SweepTable merged(List<Path> from, Path out) throws IOException, SweepException {
        SweepMerge merge = SweepMerge.of(from, out);
        merge.write();
        return merge.table();
    }
}
