package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.run.JunitXml;
import io.thicket.sim.run.Plural;
import io.thicket.sim.sweep.RunOutcome;
import io.thicket.sim.sweep.SwarmJobs;
import io.thicket.sim.sweep.SwarmScenario;
import io.thicket.sim.sweep.Worker;
import io.thicket.sim.sweep.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim swarm}. */
@Command(
        name = "swarm",
        description = {
            "Run random scenarios and look for what must never happen: a broken invariant, a loop, a duplicate, a fault of the program.",
            "",
            "Exit codes: 0 nothing was found, 1 something was, 2 the command line is wrong, 73 a file cannot be written, 130"
                    + " Ctrl-C or SIGTERM stopped it: then what was found is written all the same."
        },
        footer = {"", "Example: thicket sim swarm --for 10min --keep failures"})
final class SimSwarmCommand implements Callable<Integer> {
    private static final int USUAL_RUNS = 100;
    private static final int MAX_RUNS = 100_000_000;
    private static final long SAY_EVERY_NS = 1_000_000_000L;

    @Option(names = "--runs", paramLabel = "N", description = "How many (default: 100, without a limit with --for).")
    private Optional<Integer> runs;

    @Option(names = "--for", paramLabel = "TIME", description = "Begin no further run after this time, e.g. 10min.")
    private Optional<String> time;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the first run; each further one has the next (default: drawn).")
    private Optional<String> seed;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Most nodes of a scenario (default: " + SwarmScenario.USUAL_NODES + ").")
    private int nodes = SwarmScenario.USUAL_NODES;

    @Option(names = "--keep", paramLabel = "DIRECTORY", description = "Write the scenario file of each failure there.")
    private Optional<Path> keep;

    @Option(
            names = "--json",
            paramLabel = "OUT",
            description = "Write the outcome as JSON; - prints it instead of text.")
    private Optional<String> json;

    @Option(names = "--junit", paramLabel = "OUT", description = "Write the failures as JUnit XML, one test case each.")
    private Optional<Path> junit;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Mixin
    private WorkerOptions workers;

    @Spec
    private CommandSpec spec;

    private final long startedNs = System.nanoTime();
    private final UnwrittenFiles unwritten = new UnwrittenFiles();
    private long saidNs = startedNs;
    private boolean isLineOpen;
    private volatile boolean stopped;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimSwarmCommand() {}

    @Override
    public Integer call() throws Failure {
        int count = workers.count();
        Supplier<Worker> maker = workers.maker(); // before anything is told of seeds
        SwarmJobs jobs = jobs();
        tryOutputs(jobs);
        try (CleanStop stop = new CleanStop(() -> stopped = true)) {
            return stop.ended(runUnlessStopped(jobs, count, maker));
        }
    }

    private void tryOutputs(SwarmJobs jobs) throws Failure {
        List<Path> files = new ArrayList<>(junit.stream().toList());
        json.filter(name -> !name.equals("-")).map(Path::of).ifPresent(files::add);
        OutputFiles.tryAll(files, List.of());
        if (keep.isPresent()) {
            OutputFiles.makeDirectory(keep.get());
            OutputFiles.tryAll(List.of(kept(keep.get(), jobs.seed(0))), List.of());
        }
    }

    private int runUnlessStopped(SwarmJobs jobs, int count, Supplier<Worker> maker) throws Failure {
        try {
            // Who else hears of a signal may do so later than the workers.
            if (!WorkerPool.run(count, maker, jobs)) {
                stopped = true;
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean early = stopped;
        PrintWriter err = spec.commandLine().getErr();
        endLine();
        if (early) {
            err.println("stopped: runs that were under way are not counted");
            err.flush();
        }
        try {
            print(jobs);
        } catch (Failure failure) {
            if (!early) {
                throw failure;
            }
            err.println("thicket sim swarm: "
                    + failure.getMessage()); // the process ends with the signal: nobody else would say it
            err.flush();
            return failure.code().number();
        }
        ExitCode code = jobs.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        return (early ? ExitCode.STOPPED : code).number();
    }

    private SwarmJobs jobs() throws Failure {
        try {
            long most = runs.orElse(time.isPresent() ? MAX_RUNS : USUAL_RUNS);
            if (most < 1 || most > MAX_RUNS) {
                throw new Failure(ExitCode.USAGE, "--runs is 1 to " + MAX_RUNS + ", not " + most);
            }
            if (nodes < SwarmScenario.MIN_NODES || nodes > SwarmScenario.MAX_NODES) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--nodes is " + SwarmScenario.MIN_NODES + " to " + SwarmScenario.MAX_NODES + ", not " + nodes);
            }
            if (time.isPresent() && OptionText.duration("--for", time.get()).isZero()) {
                throw new Failure(ExitCode.USAGE, "--for is more than 0: no run would begin, and nothing be found");
            }
            long limitNs = time.map(text -> OptionText.duration("--for", text).toNanos())
                    .orElse(Long.MAX_VALUE);
            long first = seed.isPresent() ? Seeds.parse(seed.get()).root() : new SecureRandom().nextInt(1 << 30);
            if (!quiet) {
                spec.commandLine().getErr().println("seeds from " + new Seeds(first) + " on");
                spec.commandLine().getErr().flush();
            }
            return new SwarmJobs(
                    first,
                    nodes,
                    most,
                    () -> stopped || System.nanoTime() - startedNs >= limitNs,
                    this::found,
                    this::say);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    /** Told and kept at once: whatever ends this process, what it found stays. */
    private void found(long its, RunOutcome outcome) {
        if (!isJsonOnly() || !quiet) {
            endLine();
            PrintWriter to = isJsonOnly()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            to.println("FAILED " + new Seeds(its) + ": " + reason(outcome));
            to.println("    " + command(its, outcome));
            keep.ifPresent(directory -> to.println("    kept as " + kept(directory, its)));
            to.flush();
        }
        keep.ifPresent(to -> unwritten.write(kept(to, its), SwarmScenario.text(its, nodes)));
    }

    private static Path kept(Path directory, long its) {
        return directory.resolve("swarm-" + new Seeds(its) + ".toml");
    }

    private boolean isJsonOnly() {
        return json.filter("-"::equals).isPresent();
    }

    /** Once a second. */
    private void say(SwarmJobs jobs) {
        long nowNs = System.nanoTime();
        if (!quiet && nowNs - saidNs >= SAY_EVERY_NS) {
            String line = Plural.of(jobs.done(), "run") + " in " + (nowNs - startedNs) / 1_000_000_000 + " s, "
                    + jobs.failures().size() + " failed";
            spec.commandLine().getErr().print("\r" + line + " ".repeat(Math.max(0, 78 - line.length())));
            spec.commandLine().getErr().flush();
            saidNs = nowNs;
            isLineOpen = true;
        }
    }

    /** Ends the line on the terminal. */
    private void endLine() {
        if (isLineOpen) {
            spec.commandLine().getErr().println();
            spec.commandLine().getErr().flush();
            isLineOpen = false;
        }
    }

    private void print(SwarmJobs jobs) throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        if (isJsonOnly()) {
            out.println(json(jobs));
        } else {
            out.println(Plural.of(jobs.done(), "run") + " from seed " + new Seeds(jobs.seed(0)) + " on, "
                    + jobs.failures().size() + " failed");
        }
        out.flush();
        if (junit.isPresent()) {
            Map<String, String> failures = new LinkedHashMap<>();
            jobs.failures()
                    .forEach((run, outcome) -> failures.put(
                            "seed " + new Seeds(jobs.seed(run)),
                            reason(outcome) + "\n" + command(jobs.seed(run), outcome)));
            unwritten.write(junit.get(), JunitXml.of("swarm", jobs.done(), failures));
        }
        if (json.isPresent() && !isJsonOnly()) {
            unwritten.write(Path.of(json.get()), json(jobs) + "\n");
        }
        unwritten.raise();
    }

    static String reason(RunOutcome outcome) {
        return outcome.isOk() ? String.join("; ", outcome.failures()) : outcome.error();
    }

    private String command(long its, RunOutcome outcome) {
        return "thicket sim replay --swarm-seed " + new Seeds(its) + " --nodes " + nodes
                + (outcome.isOk() ? " --hash " + outcome.traceHash() : "");
    }

    private String json(SwarmJobs jobs) {
        JsonWriter writer = new JsonWriter().beginObject();
        writer.name("seed").value(new Seeds(jobs.seed(0)).toString());
        writer.name("nodes").value(nodes).name("runs").value(jobs.done());
        writer.name("failed").beginArray();
        for (Map.Entry<Integer, RunOutcome> each : jobs.failures().entrySet()) {
            long its = jobs.seed(each.getKey());
            writer.beginObject().name("seed").value(new Seeds(its).toString());
            writer.name("reason").value(reason(each.getValue()));
            writer.name("traceHash").value(each.getValue().traceHash());
            writer.name("command").value(command(its, each.getValue())).endObject();
        }
        return writer.endArray().endObject().toString();
    }
}
