package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.sweep.SweepHolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two processes that write the same results one is told that it has to wait. */
@Timeout(300)
final class SweepLockTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... words) {
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("sim"));
        all.addAll(List.of(words));
        return SimLine.run(out, err, all.toArray(String[]::new));
    }

    @Test
    void results_that_another_process_writes_are_in_use() throws IOException, InterruptedException {
        Path scenario = Files.writeString(directory.resolve("a.toml"), "[scenario]\nduration = \"20s\"\n");
        Path results = directory.resolve("a.sweep");
        Path other = directory.resolve("b.sweep");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, SweepHolder.class.getName(), results.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process holder = builder.start();
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("open 0", said.readLine());
            String before = Files.readString(results.resolve("runs.jsonl"));

            for (String resume : new String[] {"--resume", "--quiet"}) {
                assertEquals(73, run("sweep", "" + scenario, "--out", "" + results, resume));
                assertTrue(err.toString().contains("another process writes to it"), err::toString);
                assertTrue(err.toString().contains("wait until it has ended"), err::toString);
            }
            assertEquals(0, run("sweep", "" + scenario, "--seeds", "1", "--jobs", "1", "--out", "" + other));
            assertEquals(before, Files.readString(results.resolve("runs.jsonl")));
            Files.delete(results.resolve("runs.jsonl")); // it is of another scenario, which a merge would say first
            assertEquals(73, run("merge", "" + other, "--out", "" + results), err::toString);
            assertTrue(err.toString().contains("another process writes to it"), err::toString);
            assertFalse(Files.exists(results.resolve("runs.jsonl")));
            holder.getOutputStream().close();
            assertEquals(0, holder.waitFor());
        } finally {
            holder.destroyForcibly();
        }

        assertEquals(0, run("merge", "" + other, "--out", "" + results), err::toString);
        assertTrue(Files.exists(results.resolve("runs.csv")));
    }
}
