package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.Written;
import io.thicket.sim.run.IdleFaults;
import io.thicket.sim.scenario.file.InputHashes;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Repeats;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioHash;
import io.thicket.sim.scenario.file.ScenarioReader;
import io.thicket.sim.scenario.file.SeedList;
import io.thicket.sim.scenario.file.SweepPlan;
import io.thicket.sim.sweep.Shard;
import io.thicket.sim.sweep.SweepException;
import io.thicket.sim.sweep.SweepHeader;
import io.thicket.sim.sweep.SweepInUseException;
import io.thicket.sim.sweep.SweepJobs;
import io.thicket.sim.sweep.SweepOutput;
import io.thicket.sim.sweep.Worker;
import io.thicket.sim.sweep.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket sim sweep}. */
@Command(
        name = "sweep",
        description = {
            "Run a scenario with every combination of values and every seed, and tell means with 95 %% intervals (docs/sweep.md).",
            "",
            "Exit codes: 0 every run came to its end and every check held, 1 not so, 2 the scenario or the command line is wrong,"
                    + " 73 the results cannot be written, or another process writes them."
        },
        footer = {"", "Example: thicket sim sweep greenhouse.toml --set radio.loss=0..0.3:0.1 --seeds 1..20"})
final class SimSweepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The scenario; its [sweep] says what to vary.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUES",
            description = "Vary a key, e.g. nodes.count=50,100 or radio.loss=0..0.3:0.1; may be there several times.")
    private List<String> settings = List.of();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "E.g. 1..20 or 1,2,0x5eed, instead of the file's.")
    private Optional<String> seeds;

    @Option(names = "--until", paramLabel = "TIME", description = "End each run earlier, e.g. 2h.")
    private Optional<String> until;

    @Option(
            names = "--precision",
            paramLabel = "SHARE",
            description = "Stop with a point when the half width of its interval is at most this share of the mean.")
    private Optional<Double> precision;

    @Option(names = "--figure", paramLabel = "NAME", description = "The figure whose precision counts (default: pdr).")
    private Optional<String> figure;

    @Option(names = "--shard", paramLabel = "I/N", description = "Do only this part, e.g. 1/8 to 8/8; see sim merge.")
    private Optional<String> shard;

    @Option(names = "--out", paramLabel = "DIRECTORY", description = "For the results (default: NAME.sweep).")
    private Optional<Path> out;

    @Option(
            names = "--resume",
            description = "Go on where a sweep ended, also with more values or seeds; what is done is not run again.")
    private boolean resume;

    @Option(
            names = "--ignore-checks",
            description = "Exit code 0 also if checks did not hold, as long as every run came to its end.")
    private boolean ignoreChecks;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Mixin
    private WorkerOptions workers;

    @Mixin
    private TableOptions table;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimSweepCommand() {}

    @Override
    public Integer call() throws Failure {
        try {
            String text = ScenarioReader.text(file);
            SweepPlan plan = plan();
            Set<Path> inputs = new LinkedHashSet<>(List.of(file));
            Map<String, String> hashes = new LinkedHashMap<>();
            Scenario scenario = validate(text, plan, inputs, hashes);
            SweepHeader header = new SweepHeader(
                    scenario.name(),
                    file.toString(),
                    ScenarioHash.of(text, file.toString()),
                    SweepHeader.sha256(text),
                    SimRunCommand.commit(),
                    untilMs(),
                    plan,
                    shard.isPresent() ? Shard.parse(shard.get()) : Shard.WHOLE,
                    hashes);
            Path directory = out.orElse(Path.of(header.scenario() + ".sweep"));
            keep(inputs, directory, header.shard());
            table.tryFigures(scenario, plan.precision().isPresent() ? List.of(plan.figure()) : List.of());
            return run(text, header, directory);
        } catch (ConfigException e) {
            throw new Failure(ExitCode.USAGE, "this sweep cannot be run\n" + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    private SweepPlan plan() throws ConfigException, Failure {
        SweepPlan plan = ScenarioReader.sweep(file).withSets(settings);
        if (seeds.isPresent()) {
            plan = plan.withSeeds(SeedList.parse(seeds.get()));
            warnOfCount(seeds.get().strip());
        }
        warnOfRepeats();
        Optional<Double> wanted = precision.isPresent() ? precision : plan.precision();
        if (wanted.isPresent() && !(wanted.get() > 0 && wanted.get() <= 1)) {
            throw new Failure(
                    ExitCode.USAGE, "--precision is a share such as 0.05, not " + Written.number(wanted.get()));
        }
        if (figure.isPresent() && wanted.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--figure is for a --precision, and there is none");
        }
        return plan.withPrecision(wanted, figure.orElse(plan.figure()), plan.batch());
    }

    private OptionalLong untilMs() {
        return until.isPresent()
                ? OptionalLong.of(OptionText.duration("--until", until.get()).toMillis())
                : OptionalLong.empty();
    }

    /** Before hours of work: whether each point can be run at all, what it reads, and what deserves a look in any of them. */
    private Scenario validate(String text, SweepPlan plan, Set<Path> inputs, Map<String, String> hashes)
            throws ConfigException {
        Set<Path> run = new LinkedHashSet<>();
        Overrides overrides = new Overrides(OptionalLong.of(plan.seeds().get(0)), untilMs(), OptionalInt.empty(), "");
        // By place and words: all points may have the same one.
        Map<String, ConfigProblem> warnings = new LinkedHashMap<>();
        Map<String, Integer> idle = new LinkedHashMap<>();
        @Nullable Scenario first = null;
        for (SweepPlan.Point point : plan.points()) {
            Scenario scenario = point.settings().isEmpty()
                    ? ScenarioReader.read(file, overrides)
                    : ScenarioReader.readMade(
                            ScenarioReader.textWith(text, file.toString(), point.settings()),
                            file + " with " + point,
                            file,
                            overrides);
            for (ConfigProblem warning : scenario.warnings()) {
                warnings.putIfAbsent(warning.line() + ":" + warning.column() + " " + warning.message(), warning);
            }
            IdleFaults.of(scenario).forEach(fault -> idle.merge(fault, 1, Integer::sum));
            inputs.addAll(scenario.files());
            run.addAll(scenario.inputs());
            first = first == null ? scenario : first;
        }
        hashes.putAll(InputHashes.byName(file, run));
        ScenarioFile.warn(spec.commandLine().getErr(), warnings.values());
        warnOfIdle(idle, plan);
        return Objects.requireNonNull(first, "a plan has a point at least");
    }

    /** In {@code [sweep]} a number says how many; here it is one seed, as in {@code sim run --seed}. */
    private void warnOfCount(String text) {
        if (text.matches("[2-9]|[1-9][0-9]+")) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: --seeds " + text + " is one seed; for so many of them write --seeds 1.." + text);
            err.flush();
        }
    }

    /** What the file repeats is told with the rest that deserves a look in it. */
    private void warnOfRepeats() {
        PrintWriter err = spec.commandLine().getErr();
        Repeats.ofSets(settings).forEach(again -> err.println("warning: --set " + again));
        seeds.flatMap(Repeats::ofSeeds).ifPresent(again -> err.println("warning: --seeds: " + again));
        err.flush();
    }

    /** Another seed may place the nodes elsewhere, another point, too: what it holds of is said where there are several. */
    private void warnOfIdle(Map<String, Integer> idle, SweepPlan plan) {
        PrintWriter err = spec.commandLine().getErr();
        int points = plan.points().size();
        String seed = plan.seeds().size() == 1
                ? ""
                : " (looked at with seed " + plan.seeds().get(0) + ")";
        idle.forEach((fault, count) -> err.println(
                "warning: " + fault + (count == points ? "" : " (at " + count + " of " + points + " points)") + seed));
        err.flush();
    }

    /** Before the first run, too: nothing that is read may be written over. */
    private void keep(Set<Path> inputs, Path directory, Shard its) throws Failure {
        for (Path input : inputs) {
            if (SweepOutput.isOwn(input, directory)) {
                throw OutputFiles.isRead(input);
            }
        }
        List<Path> all = new ArrayList<>(inputs);
        all.add(SweepOutput.runs(directory, its));
        table.tryOutput(all, directory);
    }

    private Integer run(String text, SweepHeader header, Path directory) throws Failure {
        SweepProgress progress =
                new SweepProgress(quiet ? null : spec.commandLine().getErr());
        int count = workers.count();
        Supplier<Worker> maker = workers.maker();
        if (!Files.exists(directory)) {
            OutputFiles.makeDirectory(directory);
        }
        try (SweepOutput output = SweepOutput.open(directory, header, resume)) {
            output.tornBytes().ifPresent(progress::torn);
            SweepJobs jobs = new SweepJobs(header, text, file, output.outcomes(), output.file(), progress::at);
            progress.begin(jobs.progress());
            WorkerPool.run(count, maker, jobs);
            progress.end();
            return table.print(
                    spec.commandLine(),
                    output.finish(),
                    SweepOutput.told(header.shard(), output.directory()),
                    ignoreChecks,
                    false);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.CANNOT_CREATE,
                    directory + ": " + e.getMessage() + "; what is written is kept, --resume goes on");
        } catch (SweepInUseException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, directory + ": " + e.getMessage());
        } catch (SweepException e) {
            throw new Failure(ExitCode.USAGE, directory + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted; --resume goes on");
        }
    }
}
