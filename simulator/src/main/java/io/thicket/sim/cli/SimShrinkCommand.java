package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.sim.run.Plural;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.sweep.RunJob;
import io.thicket.sim.sweep.RunOutcome;
import io.thicket.sim.sweep.ShellWord;
import io.thicket.sim.sweep.ShrinkGoal;
import io.thicket.sim.sweep.Shrinker;
import io.thicket.sim.sweep.Worker;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim shrink}. */
@Command(
        name = "shrink",
        description = {
            "Find fewer nodes, fewer faults and a shorter time with which a scenario still fails, and write that as a scenario.",
            "",
            "Exit codes: 0 a smaller one is written, 1 this one does not fail, 2 the scenario or the command line is wrong, 73 the"
                    + " result cannot be written, 130 Ctrl-C or SIGTERM stopped it: then the smallest one so far is written."
        },
        footer = {"", "Example: thicket sim shrink broken.toml --seed 17 --check loops"})
final class SimShrinkCommand implements Callable<Integer> {
    private static final int USUAL_RUNS = 500;
    private static final int MAX_RUNS = 1_000_000;

    @Mixin
    private ScenarioFile file;

    @Option(
            names = "--check",
            paramLabel = "NAME",
            description = "The failure to keep, or the beginning of its name, e.g. loops (default: the first one).")
    private Optional<String> check;

    @Option(names = "--runs", paramLabel = "N", description = "At most so many (default: " + USUAL_RUNS + ").")
    private int runs = USUAL_RUNS;

    @Option(
            names = "--out",
            paramLabel = "OUT.toml",
            description = "In the directory of FILE if that names other files (default: NAME-shrunk.toml beside it).")
    private Optional<Path> out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Mixin
    private WorkerLimits limits;

    @Spec
    private CommandSpec spec;

    private volatile boolean stopped;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimShrinkCommand() {}

    @Override
    public Integer call() throws Failure {
        if (runs < 1 || runs > MAX_RUNS) {
            throw new Failure(ExitCode.USAGE, "--runs is 1 to " + MAX_RUNS + ", not " + runs);
        }
        Scenario scenario = file.read(spec.commandLine().getErr());
        String text = file.text();
        Path target = target();
        try (Worker worker = limits.maker(1).get();
                CleanStop stop = new CleanStop(() -> stop(worker::close))) {
            return stop.ended(shrink(scenario, text, target, worker));
        } catch (ConfigException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        } catch (IllegalStateException e) {
            throw new Failure(ExitCode.SOFTWARE, e.getMessage());
        }
    }

    private void stop(Runnable endOfRun) {
        stopped = true;
        endOfRun.run();
    }

    private int shrink(Scenario scenario, String text, Path target, Worker worker) throws Failure, ConfigException {
        RunOutcome first = worker.run(first(text, scenario));
        if (stopped) {
            say("");
            spec.commandLine().getErr().println("stopped before it was known whether it fails: nothing is written");
            spec.commandLine().getErr().flush();
            return ExitCode.STOPPED.number();
        }
        List<String> failures =
                ShrinkGoal.of(first).stream().map(ShrinkGoal::name).toList();
        Optional<ShrinkGoal> failure = ShrinkGoal.of(first).stream()
                .filter(each -> each.name().startsWith(check.orElse("")))
                .findFirst();
        if (failure.isEmpty()) {
            PrintWriter lines = spec.commandLine().getOut();
            lines.println(
                    "it does not fail" + check.map(name -> " by '" + name + "'").orElse("") + " with seed 0x"
                            + Long.toHexString(scenario.seed())
                            + (failures.isEmpty() ? "" : "; it fails by " + String.join(", ", failures)));
            lines.flush();
            return ExitCode.FAILED.number();
        }
        Shrinker.Result result =
                Shrinker.shrink(file.path(), text, scenario, failure.get(), worker, runs, this::say, () -> stopped);
        return write(target, failure.get().name(), scenario, result);
    }

    private RunJob first(String text, Scenario scenario) {
        return new RunJob(
                0, text, file.path().toString(), file.path(), scenario.seed(), OptionalLong.of(scenario.durationMs()));
    }

    private Path target() throws Failure {
        Path directory = Objects.requireNonNull(file.path().toAbsolutePath().getParent());
        String name = String.valueOf(file.path().getFileName()).replaceFirst("\\.toml$", "");
        Path target = out.orElse(
                Objects.requireNonNullElse(file.path().getParent(), Path.of("")).resolve(name + "-shrunk.toml"));
        if (target.toAbsolutePath()
                .normalize()
                .equals(directory
                        .resolve(String.valueOf(file.path().getFileName()))
                        .normalize())) {
            throw new Failure(ExitCode.USAGE, "--out would write over the scenario itself");
        }
        if (out.isEmpty() && Files.exists(target)) {
            throw new Failure(ExitCode.USAGE, target + " is there already: name another --out");
        }
        return target;
    }

    private void say(String size) {
        if (!quiet) {
            PrintWriter err = spec.commandLine().getErr();
            err.print("\r" + size + " ".repeat(Math.max(0, 78 - size.length())));
            err.flush();
        }
    }

    private int write(Path target, String failure, Scenario before, Shrinker.Result result)
            throws Failure, ConfigException {
        if (!quiet) {
            spec.commandLine().getErr().println();
            spec.commandLine().getErr().flush();
        }
        String comment = "# Shrunk by thicket sim shrink; it fails by: " + failure.replaceAll("[\r\n]", " ") + "\n";
        OutputFiles.write(target, comment + result.text());
        PrintWriter out = spec.commandLine().getOut();
        out.println(Plural.of(before.nodes().count(), "node") + ", "
                + Plural.of(before.faults().size(), "fault") + ", "
                + Plural.of(before.traffic().size(), "kind") + " of traffic, " + before.durationMs() / 1_000.0 + " s");
        out.println("are now " + Shrinker.size(result.text()) + ", after " + Plural.of(result.runs(), "run")
                + (result.stopped() ? ", when it was stopped" : "")
                + (result.bounded() ? ", which was the bound: --runs N for more" : ""));
        out.println("it fails by: " + failure);
        out.println("    thicket sim run " + ShellWord.of(target.toString()));
        out.flush();
        return (result.stopped() ? ExitCode.STOPPED : ExitCode.OK).number();
    }
}
