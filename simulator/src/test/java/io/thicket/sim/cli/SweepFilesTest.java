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

/** What sweeps and merges write takes nothing with it, and what cannot be written is told before the runs. */
@Timeout(300)
final class SweepFilesTest {
    private static final String SMALL = """
            [scenario]
            duration = "20s"
            [nodes]
            count = 3
            [[traffic]]
            interval = "5s"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path scenario;

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(directory.resolve("a.toml"), SMALL);
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

    private int sweep(Object... more) {
        return run(Stream.concat(
                        Stream.of("sweep", scenario, "--seeds", "1..2", "--jobs", 1, "--quiet"), Arrays.stream(more))
                .toArray());
    }

    @Test
    void a_sweep_does_not_write_its_table_over_its_scenario_or_its_results() throws IOException {
        Path results = directory.resolve("a.sweep");

        assertEquals(2, sweep("--out", results, "--json", scenario));
        assertTrue(err.toString().contains("is read by this command"), err::toString);
        assertEquals(SMALL, Files.readString(scenario));
        for (String own : new String[] {"", "runs.jsonl", "runs.csv", "table.csv", "runs-2-of-3.jsonl"}) {
            assertEquals(2, sweep("--out", results, "--json", results.resolve(own)), own);
            assertTrue(err.toString().contains("is what the sweep itself writes"), err::toString);
        }
        assertFalse(Files.exists(results));

        assertEquals(0, sweep("--out", results, "--json", results.resolve("all.json")), err::toString);
        assertTrue(Files.readString(results.resolve("all.json")).startsWith("{"));
        String runs = Files.readString(results.resolve("runs.jsonl"));
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), results.resolve("runs.jsonl"));
        assertEquals(2, sweep("--out", results, "--resume", "--json", link));
        assertEquals(runs, Files.readString(results.resolve("runs.jsonl")));
    }

    @Test
    void a_sweep_does_not_write_its_results_over_a_table_that_its_scenario_reads() throws IOException {
        Path links = Files.writeString(directory.resolve("table.csv"), "from,to,pdr\na,b,1\nb,a,1\n");
        String before = Files.readString(links);
        Files.writeString(scenario, """
                [scenario]
                duration = "20s"
                [nodes]
                layout = "file"
                format = "links"
                file = "table.csv"
                [radio]
                model = "links"
                """);

        assertEquals(2, sweep("--out", directory));

        assertTrue(err.toString().contains("table.csv is read by this command"), err::toString);
        assertEquals(before, Files.readString(links));
    }

    @Test
    void a_merge_does_not_write_its_table_over_runs() throws IOException {
        Path results = directory.resolve("a.sweep");
        assertEquals(0, sweep("--out", results), err::toString);
        Path runs = results.resolve("runs.jsonl");
        String before = Files.readString(runs);
        Path copy = Files.copy(runs, directory.resolve("copy.jsonl"));

        assertEquals(2, run("merge", results, "--out", results, "--json", runs));
        assertEquals(2, run("merge", results, "--out", directory.resolve("m"), "--json", runs));
        assertEquals(2, run("merge", copy, "--out", directory.resolve("m"), "--json", copy));

        assertTrue(err.toString().contains("is read by this command"), err::toString);
        assertEquals(before, Files.readString(runs));
        assertEquals(before, Files.readString(copy));
        assertFalse(Files.exists(directory.resolve("m")));
    }

    @Test
    void a_merge_writes_nothing_if_its_table_cannot_be_shown() throws IOException {
        Path results = directory.resolve("a.sweep");
        assertEquals(0, sweep("--out", results), err::toString);

        assertEquals(2, run("merge", results, "--out", directory.resolve("m"), "--figures", "bogus"));

        assertTrue(err.toString().contains("there is no figure 'bogus'"), err::toString);
        assertFalse(Files.exists(directory.resolve("m")));
    }

    @Test
    void a_directory_that_cannot_be_made_is_told_with_the_reason() throws IOException {
        Path results = directory.resolve("a.sweep");
        assertEquals(0, sweep("--out", results), err::toString);
        Path file = Files.createFile(directory.resolve("file"));

        assertEquals(73, run("merge", results, "--out", file.resolve("m")));

        assertTrue(err.toString().contains("m cannot be made a directory: Not a directory"), err::toString);
    }

    @Test
    void a_table_that_cannot_be_written_is_told_before_the_runs() {
        Path results = directory.resolve("a.sweep");

        assertEquals(73, sweep("--out", results, "--json", directory.resolve("none/x.json")));

        assertTrue(err.toString().contains("its directory does not exist"), err::toString);
        assertFalse(Files.exists(results));
    }

    @Test
    void a_figure_that_no_run_happened_to_have_does_not_take_the_table_with_it() {
        Path results = directory.resolve("a.sweep");

        assertEquals(0, sweep("--out", results, "--figures", "pdr,drops.TURN_LIMIT"), err::toString);

        assertTrue(out.toString().contains("drops.TURN_LIMIT"), out::toString);
    }
}
