package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.sweep.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    private static final List<String> wholeRows = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path scenario = Path.of("");
    private Path out = Path.of("");
    private Path thicket = Path.of("");

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(directory.resolve("small farm.toml"), """
                [scenario]
                duration = "60s"
                [nodes]
                count = 3
                [[traffic]]
                interval = "5s"
                [sweep]
                seeds = 3
                [sweep.set]
                radio.loss = [0, 0.1]
                """);
        out = directory.resolve("its results");
        WorkerProcess.Launch launch = WorkerProcess.Launch.likeThis(ThicketMain.class.getName(), List.of(), 128L << 20);
        List<String> command = new ArrayList<>(launch.command());
        command.add(1, "-XX:TieredStopAtLevel=1"); // each lives for seconds; its own workers inherit it
        String words =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
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

    /** What was put together by the command is what one machine finds by itself, to the last bit of every run. */
    private void requireWhole() throws Exception {
        assertTrue(Files.exists(out.resolve("runs-1-of-2.jsonl")));
        assertTrue(Files.exists(out.resolve("runs-2-of-2.jsonl")));
        awaitAll(List.of(start(Map.of(), thicket.toString(), "sim", "merge", out.toString(), "--out", out.toString())));
        List<String> rows = outcomes(out);
        assertEquals(7, rows.size(), rows::toString);
        assertEquals(whole(), rows);
        assertTrue(
                rows.get(1).startsWith("0,0x1,0,held,") && !rows.get(1).contains("held,0,"), rows.get(1)); // it sends
    }

    /** The same sweep without shards, run once for all tests. */
    private List<String> whole() throws Exception {
        if (wholeRows.isEmpty()) {
            Path whole = directory.resolve("whole");
            awaitAll(List.of(start(
                    Map.of(),
                    thicket.toString(),
                    "sim",
                    "sweep",
                    scenario.toString(),
                    "--out",
                    whole.toString(),
                    "--jobs",
                    "1",
                    "--quiet")));
            wholeRows.addAll(outcomes(whole));
        }
        return wholeRows;
    }

    /** Number, seed, outcome and trace of each run; beside them there are times on the wall, which differ. */
    private static List<String> outcomes(Path directory) throws IOException {
        List<String> rows = Files.readAllLines(directory.resolve("runs.csv"));
        List<String> names = List.of(rows.get(0).split(","));
        List<String> outcomes = new ArrayList<>();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            List<String> kept = new ArrayList<>();
            for (String name :
                    List.of("run", "seed", "radio.loss", "status", "offered", "delivered", "events", "traceHash")) {
                kept.add(cells[names.indexOf(name)]);
            }
            outcomes.add(String.join(",", kept));
        }
        return outcomes;
    }

    @Test
    void slurm_s_array() throws Exception {
        List<Process> tasks = new ArrayList<>();
        for (int i = 1; i <= SHARDS; i++) {
            Map<String, String> its =
                    Map.of("SLURM_ARRAY_TASK_ID", "" + i, "SHARDS", "" + SHARDS, "SLURM_CPUS_PER_TASK", "1");
            tasks.add(start(its, "sh", CLUSTER.resolve("slurm-array.sh").toString()));
        }
        awaitAll(tasks);

        requireWhole();
        String done = Files.readString(out.resolve("runs-2-of-2.jsonl"));
        awaitAll(List.of(
                start( // put back into the queue, or submitted alone: it goes on where it was, at the end
                        Map.of(
                                "SLURM_ARRAY_TASK_ID", "2",
                                "SLURM_ARRAY_TASK_COUNT", "1",
                                "SHARDS", "" + SHARDS),
                        "sh",
                        CLUSTER.resolve("slurm-array.sh").toString())));
        assertEquals(done, Files.readString(out.resolve("runs-2-of-2.jsonl")));
    }

    /** sbatch reads its options from comments up to the first command, and from nowhere else. */
    @Test
    void slurm_s_options_stand_where_it_reads_them() throws Exception {
        List<String> lines = Files.readAllLines(CLUSTER.resolve("slurm-array.sh"));
        int firstCommand = 0;
        while (lines.get(firstCommand).startsWith("#")) {
            firstCommand++;
        }
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#SBATCH ")) {
                assertTrue(i < firstCommand, "line " + (i + 1) + " is not read");
                String[] option = lines.get(i).substring("#SBATCH ".length()).split("=", 2);
                assertEquals(null, options.put(option[0], option.length > 1 ? option[1] : ""), option[0]);
            }
        }

        assertEquals("#!/bin/sh", lines.get(0));
        assertEquals(
                Set.of("--job-name", "--array", "--cpus-per-task", "--mem", "--time", "--requeue"), options.keySet());
        assertTrue(options.get("--array").matches("1-[1-9]\\d*"), options::toString); // shards begin with 1
        assertTrue(options.get("--cpus-per-task").matches("[1-9]\\d*"), options::toString);
        assertTrue(options.get("--mem").matches("[1-9]\\d*[MG]"), options::toString);
        assertTrue(options.get("--time").matches("\\d\\d:\\d\\d:\\d\\d"), options::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "SCENARIO,is the scenario file",
        "OUT,is the directory of the results",
        "SHARDS,is how many shards there are"
    })
    void a_task_without_its_environment_says_what_is_missing(String variable, String what) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", CLUSTER.resolve("slurm-array.sh").toString());
        builder.environment().putAll(Map.of("SCENARIO", "a.toml", "OUT", "out", "SHARDS", "2"));
        builder.environment().put("SLURM_ARRAY_TASK_ID", "1");
        builder.environment().put("THICKET", "/bin/false");
        builder.environment().remove(variable);
        builder.redirectErrorStream(true);
        Process process = builder.start();

        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertTrue(process.exitValue() != 0);
        assertTrue(text.contains(variable + ": " + what), text);
    }

    private static Object at(Object node, Object... path) {
        Object found = node;
        for (Object step : path) {
            found = found instanceof List<?> list ? list.get((Integer) step) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    @Test
    void kubernetes_indexed_job() throws Exception {
        Object job = BlockYaml.parse(Files.readString(CLUSTER.resolve("kubernetes-job.yaml")));
        Object container = at(job, "spec", "template", "spec", "containers", 0);
        List<String> command = new ArrayList<>();
        ((List<?>) at(container, "command")).forEach(word -> command.add(String.valueOf(word)));
        ((List<?>) at(container, "args")).forEach(word -> command.add(String.valueOf(word)));
        List<Process> pods = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            Map<String, String> its = Map.of("JOB_COMPLETION_INDEX", "" + i, "SHARDS", "" + SHARDS);
            pods.add(start(its, command.toArray(String[]::new)));
        }
        awaitAll(pods);

        requireWhole();
    }

    /** Field by field, by what the batch/v1 API says of a Job: nobody here can ask a cluster. */
    @Test
    void kubernetes_manifest_fits_together() throws Exception {
        Object job = BlockYaml.parse(Files.readString(CLUSTER.resolve("kubernetes-job.yaml")));
        Object spec = at(job, "spec");
        Object pod = at(spec, "template", "spec");
        Object container = at(pod, "containers", 0);
        Map<String, String> environment = new TreeMap<>();
        ((List<?>) at(container, "env"))
                .forEach(each -> environment.put(String.valueOf(at(each, "name")), String.valueOf(at(each, "value"))));

        assertEquals(Set.of("apiVersion", "kind", "metadata", "spec"), ((Map<?, ?>) job).keySet());
        assertEquals("batch/v1", at(job, "apiVersion"));
        assertEquals("Job", at(job, "kind"));
        assertEquals("thicket-sweep", at(job, "metadata", "name"));
        assertEquals(
                Set.of(
                        "completionMode",
                        "completions",
                        "parallelism",
                        "backoffLimitPerIndex",
                        "podFailurePolicy",
                        "template"),
                ((Map<?, ?>) spec).keySet());
        assertEquals("Indexed", at(spec, "completionMode")); // only so there is a JOB_COMPLETION_INDEX
        assertEquals(at(spec, "completions"), environment.get("SHARDS"));
        assertEquals(at(spec, "completions"), at(spec, "parallelism"));
        assertEquals(Set.of("restartPolicy", "containers", "volumes"), ((Map<?, ?>) pod).keySet());
        assertEquals("Never", at(pod, "restartPolicy")); // podFailurePolicy wants it
        Object evicted = at(spec, "podFailurePolicy", "rules", 0); // before the others: it is no failure of the shard
        assertEquals("Ignore", at(evicted, "action"));
        assertEquals("DisruptionTarget", at(evicted, "onPodConditions", 0, "type"));
        Object rule = at(spec, "podFailurePolicy", "rules", 1);
        assertEquals("FailJob", at(rule, "action"));
        assertEquals(at(container, "name"), at(rule, "onExitCodes", "containerName"));
        assertEquals("In", at(rule, "onExitCodes", "operator"));
        assertEquals(List.of("2"), at(rule, "onExitCodes", "values"));
        assertEquals(List.of("/bin/sh", "-c"), at(container, "command"));
        assertEquals(Set.of("SHARDS", "THICKET", "SCENARIO", "OUT"), environment.keySet());
        String script = String.valueOf(at(container, "args", 0));
        environment.keySet().forEach(name -> assertTrue(script.contains("$" + name), name));
        Map<Object, Object> mounts = new TreeMap<>();
        ((List<?>) at(container, "volumeMounts")).forEach(each -> mounts.put(at(each, "name"), at(each, "mountPath")));
        Set<Object> volumes = new TreeSet<>();
        ((List<?>) at(pod, "volumes")).forEach(each -> volumes.add(at(each, "name")));
        assertEquals(volumes, mounts.keySet());
        assertEquals(environment.get("OUT"), mounts.get("results"));
        assertTrue(environment.get("SCENARIO").startsWith(mounts.get("scenario") + "/"), environment::toString);
        assertEquals("thicket-results", at(pod, "volumes", 1, "persistentVolumeClaim", "claimName"));
        assertEquals("scenario", at(pod, "volumes", 0, "configMap", "name"));
        assertEquals(at(container, "resources", "requests", "memory"), at(container, "resources", "limits", "memory"));
        assertTrue(
                script.contains("--jobs " + at(container, "resources", "requests", "cpu")),
                "as many processes as processors");
    }

    /**
     * A stand-in that reads numbers and does the command with each in the place of braces, all at once, as parallel does; also that a
     * shell reads the command again, spaces and all, if {@code --quote} is not there.
     */
    @Test
    void gnu_parallel() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path parallel = script("bin/parallel", """
                again='sh -c "$*"'
                while [ "$1" != "$THICKET" ]; do
                    [ "$1" != --quote ] || again='exec "$@"'
                    shift
                done
                pids=
                while read -r n; do
                    (for word do shift; set -- "$@" "$(printf %s "$word" | sed "s/{}/$n/")"; done; eval "$again") &
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
        Files.writeString(scenario, Files.readString(scenario).replace("5s", "6s"));
        Process other = start(
                Map.of("SHARDS", "" + SHARDS, "PATH", path),
                "sh",
                CLUSTER.resolve("gnu-parallel.sh").toString(),
                scenario.toString(),
                out.toString());
        assertTrue(other.waitFor(240, TimeUnit.SECONDS));
        String log = Files.readString(directory.resolve("log"));
        assertEquals(1, other.exitValue(), log);
        assertTrue(log.contains("a shard did not end well") && log.contains("runs.csv and table.csv are in"), log);
    }
}
