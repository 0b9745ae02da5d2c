package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compared is of one sweep, each run once, and what is no result is called what it is. */
final class RunSetTest {
    @TempDir
    private Path directory;

    private void shard(SweepHeader header, int index, int count) throws Exception {
        SweepRuns.sweep(
                directory,
                header.withShard(new Shard(index, count)),
                false,
                1,
                job -> SweepRuns.outcome(0.9, "hash" + job.number()));
    }

    private String refused(Path path) {
        return String.valueOf(
                assertThrows(SweepException.class, () -> RunSet.read(path)).getMessage());
    }

    @Test
    void a_run_that_is_in_two_files_counts_once() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..6"));
        shard(header, 1, 2);
        for (int i = 1; i <= 3; i++) {
            shard(header, i, 3);
        }

        assertEquals(6, RunSet.read(directory).size());
    }

    /** As tools for JSON write it: other spaces, members in another order. */
    @Test
    void runs_that_another_program_wrote_anew_are_read() throws Exception {
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..3"));
        SweepRuns.sweep(directory, header, false, 1, job -> SweepRuns.outcome(0.9, "hash" + job.number()));
        Path file = directory.resolve("runs.jsonl");
        StringBuilder other = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            int summary = line.indexOf(",\"summary\":");
            other.append(
                    summary < 0
                            ? "{ " + line.substring(1).replace("\":", "\" : ") + "\r\n"
                            : "{\"summary\" : "
                                    + line.substring(summary + 11, line.length() - 1)
                                            .replace(",\"", ", \"") + " , " + line.substring(1, summary) + " }\r\n");
        }
        Files.writeString(file, other);

        RunSet set = RunSet.read(file);

        assertEquals(3, set.size());
        assertEquals(
                0.9, set.points().values().iterator().next().get(0).figures().get("pdr"));
    }

    @Test
    void a_result_and_its_copy_count_once_and_two_seeds_twice() throws Exception {
        String result = "{\"scenario\":\"s\",\"seed\":\"%s\",\"pdr\":1,\"traceHash\":\"%s\"}";
        Files.writeString(directory.resolve("a.json"), result.formatted("0x1", "aa"));
        Files.writeString(directory.resolve("copy.json"), result.formatted("0x1", "aa"));
        Files.writeString(directory.resolve("other.json"), result.formatted("0x2", "aa"));
        Files.writeString(directory.resolve("changed.json"), result.formatted("0x1", "bb"));

        assertEquals(3, RunSet.read(directory).size());
    }

    @Test
    void files_of_two_sweeps_are_not_put_together() throws Exception {
        shard(SweepRuns.header(SweepRuns.plan("1..6")), 1, 2);
        shard(SweepRuns.header(SweepRuns.plan("1..6", "nodes.count=2")), 2, 2);

        String why = refused(directory);

        assertTrue(why.contains("are not of one sweep: other keys are varied, none and nodes.count"), why);
    }

    @Test
    void a_file_of_runs_without_any_is_called_so() throws Exception {
        Path torn = Files.writeString(
                directory.resolve("torn.jsonl"),
                SweepRuns.header(SweepRuns.plan("1..6")).line() + "\n{\"run\":0");

        assertEquals(torn + ": no run in it came to a result", refused(torn));
    }

    @Test
    void a_result_of_a_bridged_run_is_one() throws Exception {
        Path bridged = Files.writeString(
                directory.resolve("b.json"),
                "{\"scenario\":\"s\",\"seed\":\"0x1\",\"pdr\":1,\"bridge\":{},\"traceHash\":null}");

        assertEquals(1, RunSet.read(bridged).size());
    }

    @Test
    void what_is_no_result_of_one_run_is_called_what_it_is() throws IOException {
        Path recording =
                Files.write(directory.resolve("t.run"), "THKRUN\r\n\0\0\0\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        Path capture = Files.write(directory.resolve("p.pcapng"), new byte[] {0x0a, 0x0d, 0x0d, 0x0a, (byte) 0xc0});
        Path radios = Files.writeString(directory.resolve("r.json"), "{\"scenario\":\"s\",\"radios\":[]}");

        for (boolean replay : new boolean[] {false, true}) {
            String[] why = new String[3];
            int i = 0;
            for (Path each : new Path[] {recording, capture, radios}) {
                why[i++] = replay
                        ? String.valueOf(assertThrows(SweepException.class, () -> Recorded.read(each, -1, ""))
                                .getMessage())
                        : refused(each);
            }
            assertTrue(
                    why[0].contains("it is a recording for thicket sim view; wanted is what sim run --json"), why[0]);
            assertTrue(why[1].contains("it is no result of a run; wanted is what sim run --json"), why[1]);
            assertTrue(why[2].contains("it is of many runs, by --radio"), why[2]);
        }
    }

    /** {@code --set a --set b} and {@code --set b --set a} are the same runs. */
    @Test
    void a_point_is_the_same_in_whatever_order_its_keys_stand() throws Exception {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        SweepHeader header = SweepRuns.header(SweepRuns.plan("1..2", "nodes.count=2,3", "radio.loss=0"));
        SweepHeader turned = SweepRuns.header(SweepRuns.plan("1..2", "radio.loss=0", "nodes.count=2,3"));
        SweepRuns.sweep(one, header, false, 1, job -> SweepRuns.outcome(0.9, "hash" + job.number()));
        SweepRuns.sweep(other, turned, false, 1, job -> SweepRuns.outcome(0.9, "hash" + job.number()));

        assertEquals(
                RunSet.read(one).points().keySet(), RunSet.read(other).points().keySet());
        assertEquals(
                "[nodes.count=2 radio.loss=0, nodes.count=3 radio.loss=0]",
                RunSet.read(other).points().keySet().toString());
    }
}
