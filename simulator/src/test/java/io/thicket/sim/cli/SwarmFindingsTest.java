package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a swarm, what it found is not lost. A run that may take a millisecond fails. */
@Timeout(300)
final class SwarmFindingsTest {
    private static final List<String> FAILING = List.of("swarm", "--seed=1", "--nodes=24", "--jobs=1", "--timeout=1ms");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int swarm(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return SimLine.run(out, err, words(more));
    }

    private static String[] words(String... more) {
        return Stream.of(Stream.of("sim"), FAILING.stream(), Arrays.stream(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    @Test
    void each_failure_is_told_once_and_kept() throws IOException {
        Path keep = directory.resolve("keep");

        assertEquals(1, swarm("--runs=2", "--quiet", "--keep=" + keep), err::toString);

        String command = "    thicket sim replay --swarm-seed 0x%d --nodes 24\n";
        String why = "FAILED 0x%d: it took longer than 0.001 s and was ended\n";
        String kept = "    kept as " + keep + "/swarm-0x%d.toml\n";
        assertEquals(
                (why + command + kept).formatted(1, 1, 1)
                        + (why + command + kept).formatted(2, 2, 2)
                        + "2 runs from seed 0x1 on, 2 failed\n",
                out.toString().replaceAll(": .*it took", ": it took")); // it may also say how the pipe broke
        assertTrue(Files.exists(keep.resolve("swarm-0x1.toml")));
        assertTrue(Files.exists(keep.resolve("swarm-0x2.toml")));
    }

    /** Whoever does not name a seed would look at a drawn one, and begin again. */
    @Test
    void a_limit_that_is_none_is_refused_before_a_seed_is_told() {
        assertEquals(2, swarm("--runs=2", "--memory=1"));
        assertFalse(err.toString().contains("seeds from"), err::toString);
    }

    @Test
    void beside_json_alone_failures_are_told_on_standard_error() {
        assertEquals(1, swarm("--runs=1", "--json=-"));

        assertTrue(out.toString().startsWith("{\"seed\":\"0x1\""), out::toString);
        assertTrue(err.toString().contains("FAILED 0x1: "), err::toString);
    }

    @Test
    void what_cannot_be_written_is_told_before_the_runs() throws IOException {
        Path file = Files.writeString(directory.resolve("s.toml"), "mine");

        assertEquals(73, swarm("--runs=2", "--keep=" + file));
        assertTrue(err.toString().contains("s.toml cannot be made a directory: it is a file"), err::toString);
        assertEquals(73, swarm("--runs=2", "--json=" + directory.resolve("none/x.json")));
        assertTrue(err.toString().contains("its directory does not exist"), err::toString);
        assertEquals(73, swarm("--runs=2", "--junit=" + directory));
        assertEquals(2, swarm("--runs=2", "--junit=" + directory.resolve("x"), "--json=" + directory.resolve("x")));
        assertFalse(out.toString().contains("FAILED"), out::toString);
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void a_swarm_that_is_stopped_writes_what_it_found() throws IOException, InterruptedException {
        Path json = directory.resolve("x.json");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                ThicketMain.class.getName()),
                        Arrays.stream(words("--for=5min", "--quiet", "--json=" + json)))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(String.valueOf(told.readLine()).startsWith("FAILED 0x1: "));
            process.toHandle().destroy(); // SIGTERM; the process itself would close what it says, too
            List<String> rest = told.lines().toList();

            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(130, process.exitValue());
            assertTrue(rest.get(rest.size() - 1).contains(" from seed 0x1 on, "), rest::toString);
            assertTrue(Files.readString(json).contains("\"command\":\"thicket sim replay --swarm-seed 0x1"));
        } finally {
            process.destroyForcibly();
        }
    }
}
