package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that a scenario reads are part of what was run: with others it is another experiment. */
@Timeout(300)
final class ImportedFilesTest {
    private static final String LINE = "name,x,y\na,0,0\nb,50,0\nc,100,0\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path scenario;

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(directory.resolve("a.toml"), """
                [scenario]
                duration = "40s"
                warm_up = "0s"
                [nodes]
                layout = "file"
                format = "positions"
                file = "it.csv"
                [[traffic]]
                interval = "5s"
                """);
        places(LINE);
    }

    private void places(String text) throws IOException {
        Files.writeString(directory.resolve("it.csv"), text);
    }

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return SimLine.run(
                out,
                err,
                Stream.concat(Stream.of("sim"), Arrays.stream(args).map(String::valueOf))
                        .toArray(String[]::new));
    }

    private int sweep(String seeds, Object... more) {
        return run(Stream.concat(
                        Stream.of("sweep", scenario, "--seeds", seeds, "--jobs", 1, "--quiet"), Arrays.stream(more))
                .toArray());
    }

    @Test
    void a_sweep_does_not_go_on_with_another_file() throws IOException {
        Path results = directory.resolve("r");
        assertEquals(0, sweep("1..2", "--out", results), err::toString);
        String before = Files.readString(results.resolve("runs.jsonl"));

        places(LINE + "d,150,0\n");
        assertEquals(2, sweep("1..3", "--out", results, "--resume"));
        assertTrue(err.toString().contains("it.csv, which the scenario reads, has changed in between"), err::toString);
        assertEquals(before, Files.readString(results.resolve("runs.jsonl")));

        places(LINE);
        assertEquals(0, sweep("1..3", "--out", results, "--resume"), err::toString);
    }

    @Test
    void shards_with_other_files_do_not_merge() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        assertEquals(0, sweep("1..2", "--shard", "1/2", "--out", one), err::toString);
        places(LINE + "d,150,0\n");
        assertEquals(0, sweep("1..2", "--shard", "2/2", "--out", two), err::toString);

        assertEquals(2, run("merge", one, two, "--out", directory.resolve("m")));
        assertTrue(err.toString().contains("it.csv, which the scenario reads, has changed in between"), err::toString);
    }

    /** Of three shards the first reads nothing that is another one. */
    @Test
    void a_merge_that_is_refused_names_the_two_that_differ() throws IOException {
        Files.writeString(directory.resolve("more.csv"), LINE + "d,150,0\n");
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        Path three = directory.resolve("three");
        assertEquals(0, sweep("1", "--set", "nodes.file=more.csv", "--out", one), err::toString);
        assertEquals(0, sweep("1", "--set", "nodes.file=it.csv", "--out", two), err::toString);
        places(LINE + "d,150,0\n");
        assertEquals(0, sweep("2", "--set", "nodes.file=it.csv", "--out", three), err::toString);

        assertEquals(2, run("merge", one, two, three, "--out", directory.resolve("m")));
        assertTrue(
                err.toString().contains(two.resolve("runs.jsonl") + " and " + three.resolve("runs.jsonl")),
                err::toString);
    }

    /** A point more may read a file more. */
    @Test
    void a_sweep_may_grow_by_a_file() throws IOException {
        Path results = directory.resolve("r");
        Files.writeString(directory.resolve("more.csv"), LINE + "d,150,0\n");
        assertEquals(0, sweep("1", "--set", "nodes.file=it.csv", "--out", results), err::toString);

        assertEquals(0, sweep("1", "--set", "nodes.file=it.csv,more.csv", "--out", results, "--resume"), err::toString);
        places(LINE + "d,150,0\n");
        assertEquals(2, sweep("1..2", "--set", "nodes.file=it.csv,more.csv", "--out", results, "--resume"));
    }

    /** What an older version wrote does not say which files they were. */
    @Test
    void a_sweep_that_does_not_know_its_files_goes_on_and_knows_them_then() throws IOException {
        Path results = directory.resolve("r");
        Path runs = results.resolve("runs.jsonl");
        assertEquals(0, sweep("1..2", "--out", results), err::toString);
        String now = Files.readString(runs);
        Files.writeString(runs, now.replaceFirst("\"inputs\":\\{[^}]*},", ""));
        assertFalse(now.equals(Files.readString(runs)), now);

        assertEquals(0, sweep("1..2", "--out", results, "--resume"), err::toString);
        assertEquals(now, Files.readString(runs));
    }

    @Test
    void a_replay_of_a_report_says_it_too() throws IOException {
        Path report = directory.resolve("out.html");
        assertEquals(0, run("run", scenario, "--quiet", "--report", report), err::toString);
        assertEquals(0, run("replay", report, "--quiet"), () -> out + "" + err);

        places(LINE + "d,150,0\n");
        assertEquals(1, run("replay", report, "--quiet"));
        assertTrue(
                err.toString().startsWith("warning: a file that " + scenario + " reads has changed since the run"),
                err::toString);
    }

    @Test
    void a_replay_says_that_a_file_is_another_one() throws IOException {
        Path json = directory.resolve("out.json");
        assertEquals(0, run("run", scenario, "--quiet", "--json", json), err::toString);
        assertEquals(0, run("replay", json, "--quiet"), () -> out + "" + err);
        assertEquals("", err.toString());

        places(LINE + "d,150,0\n");
        assertEquals(1, run("replay", json, "--quiet"));
        assertTrue(
                err.toString().startsWith("warning: a file that " + scenario + " reads has changed since the run"),
                err::toString);
        assertTrue(
                out.toString().contains("DIFFERENT  a file that the scenario reads is another one: "), out::toString);

        Files.writeString(json, Files.readString(json).replaceFirst("\"inputsHash\":\"[0-9a-f]{64}\",", ""));
        assertEquals(1, run("replay", json, "--quiet"));
        assertEquals("", err.toString());
    }
}
