package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.sweep.SweepOutput;
import io.thicket.sim.sweep.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The very words of {@code simulator/cluster} in several processes at once. Slurm, Kubernetes and GNU parallel themselves do not run
 * here: their part is what they put into the environment or into the place of {@code {}}.
 */
@Timeout(300)
final class ClusterFilesTest {
    private static final Path CLUSTER = Path.of(System.getProperty("thicket.root", ".."))
            .resolve("simulator/cluster")
            .toAbsolutePath();
    private static final int SHARDS = 2;

    @TempDir
    private Path directory;

    private Path scenario = Path.of("");
    private Path out = Path.of("");
    private Path thicket = Path.of("");

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(directory.resolve("small.toml"), """
                [scenario]
                duration = "30s"
                [nodes]
                count = 3
                [[traffic]]
                interval = "5s"
                [sweep]
                seeds = 3
                [sweep.set]
                radio.loss = [0, 0.1]
                """);
        out = directory.resolve("out");
        WorkerProcess.Launch launch = WorkerProcess.Launch.likeThis(ThicketMain.class.getName(), List.of(), 128L << 20);
        String words = String.join(
                " ", launch.command().stream().map(word -> "'" + word + "'").toList());
        thicket = script("thicket", "export CLASSPATH='" + launch.classPath() + "'\nexec " + words + " \"$@\"\n");
    }

    private Path script(String name, String text) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
        assertTrue(script.toFile().setExecutable(true));
        return script;
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("THICKET", thicket.toString());
        builder.environment().put("SCENARIO", scenario.toString());
        builder.environment().put("OUT", out.toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("log").toFile());
        return builder.start();
    }

    private void awaitAll(List<Process> processes) throws Exception {
        for (Process process : processes) {
            assertTrue(process.waitFor(240, TimeUnit.SECONDS), "it does not end");
            assertEquals(0, process.exitValue(), () -> {
                try {
                    return Files.readString(directory.resolve("log"));
                } catch (IOException e) {
                    return String.valueOf(e.getMessage());
                }
            });
        }
    }

    private void requireWhole() throws Exception {
        assertTrue(Files.exists(out.resolve("runs-1-of-2.jsonl")));
        assertTrue(Files.exists(out.resolve("runs-2-of-2.jsonl")));
        SweepOutput.merge(List.of(out), out);
        List<String> rows = Files.readAllLines(out.resolve("runs.csv"));
        assertEquals(7, rows.size(), rows::toString);
        for (int i = 0; i < 6; i++) {
            assertTrue(rows.get(i + 1).startsWith(i + ","), rows::toString);
        }
    }

    @Test
    void slurm_s_array() throws Exception {
        List<Process> tasks = new ArrayList<>();
        for (int i = 1; i <= SHARDS; i++) {
            Map<String, String> its = Map.of(
                    "SLURM_ARRAY_TASK_ID", "" + i, "SLURM_ARRAY_TASK_COUNT", "" + SHARDS, "SLURM_CPUS_PER_TASK", "1");
            tasks.add(start(its, "sh", CLUSTER.resolve("slurm-array.sh").toString()));
        }
        awaitAll(tasks);

        requireWhole();
    }

    @Test
    void kubernetes_indexed_job() throws Exception {
        String yaml = Files.readString(CLUSTER.resolve("kubernetes-job.yaml"));
        String after = yaml.substring(yaml.indexOf("            - |\n") + "            - |\n".length());
        String script =
                after.substring(0, after.indexOf("          resources:")).stripIndent();
        List<Process> pods = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            pods.add(start(Map.of("JOB_COMPLETION_INDEX", "" + i, "SHARDS", "" + SHARDS), "sh", "-c", script));
        }
        awaitAll(pods);

        requireWhole();
        assertTrue(yaml.contains("completions: 8") && yaml.contains("value: \"8\""), "shards and completions differ");
    }

    /** A stand-in that reads numbers and does the command with each in the place of braces, all at once, as parallel does. */
    @Test
    void gnu_parallel() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path parallel = script("bin/parallel", """
                while [ "$1" != "$THICKET" ]; do shift; done
                pids=
                while read -r n; do
                    (for word do shift; set -- "$@" "$(printf %s "$word" | sed "s/{}/$n/")"; done; exec "$@") &
                    pids="$pids $!"
                done
                for pid in $pids; do wait "$pid"; done
                """);
        String path = bin + ":" + System.getenv("PATH");
        awaitAll(List.of(start(
                Map.of("SHARDS", "" + SHARDS, "PATH", path),
                "sh",
                CLUSTER.resolve("gnu-parallel.sh").toString(),
                scenario.toString(),
                out.toString())));

        requireWhole();
        assertTrue(Files.exists(parallel));
    }
}
