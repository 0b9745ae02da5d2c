package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.sweep.Recorded;
import io.thicket.sim.sweep.ReplayDiff;
import io.thicket.sim.sweep.RunOutcome;
import io.thicket.sim.sweep.RunService;
import io.thicket.sim.sweep.SwarmJobs;
import io.thicket.sim.sweep.SwarmScenario;
import io.thicket.sim.sweep.SweepException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket sim replay}. */
@Command(
        name = "replay",
        description = {
            "Do a recorded run again and compare the traces bit for bit; what differs first is told first.",
            "",
            "FILE is the JSON or the report of sim run, or runs.jsonl of a sweep with --run. A scenario (.toml) is run twice."
                    + " A run that was stopped is done again up to there.",
            "",
            "Exit codes: 0 the same, bit for bit, 1 not so, or it failed again, 2 the command line or a file is wrong,"
                    + " 73 the file of --save cannot be written."
        },
        footer = {"", "Example: thicket sim replay out.json"})
final class SimReplayCommand implements Callable<Integer> {
    /** Reads the words of a recorded command as that command would. */
    @Command(name = "run")
    private static final class Words {
        @Mixin
        private ScenarioFile file = new ScenarioFile();

        @Mixin
        private ConsoleOptions hand = new ConsoleOptions();

        @Option(names = "--radio")
        private Optional<String> radio = Optional.empty();

        /** The scenario, under the radio if it was one of several. */
        private Scenario read() throws Failure {
            Scenario scenario = file.read();
            return radio.isEmpty()
                    ? scenario
                    : RadioComparison.variant(scenario, radio.get()).scenario();
        }
    }

    /** A run that can be done again. */
    private interface Again {
        RunOutcome run() throws Failure;
    }

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What a run left behind.")
    private Optional<Path> file;

    @Option(names = "--run", paramLabel = "N", description = "Which run of a sweep.")
    private Optional<Integer> run;

    @Option(names = "--scenario", paramLabel = "FILE", description = "Where the scenario is now.")
    private Optional<Path> scenario;

    @Option(names = "--swarm-seed", paramLabel = "N", description = "A random scenario of sim swarm instead of a file.")
    private Optional<String> swarmSeed;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "What --nodes was of sim swarm (default: " + SwarmScenario.USUAL_NODES + ").")
    private Optional<Integer> nodes;

    @Option(names = "--hash", paramLabel = "HEX", description = "The trace's hash that must come out.")
    private Optional<String> hash;

    @Option(names = "--save", paramLabel = "OUT.toml", description = "Write the scenario of a swarm's seed.")
    private Optional<Path> save;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimReplayCommand() {}

    @Override
    public Integer call() throws Failure {
        if (file.isPresent() == swarmSeed.isPresent()) {
            throw new Failure(ExitCode.USAGE, "what is to be done again? Name a FILE, or a --swarm-seed");
        }
        refuseWhatWouldBeIgnored();
        try {
            return swarmSeed.isPresent() ? swarm(swarmSeed.get()) : recorded(file.get());
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.USAGE, "there is no file " + e.getMessage());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE, file.map(Path::toString).orElse("") + " cannot be read: " + e.getMessage());
        } catch (SweepException e) {
            throw new Failure(ExitCode.USAGE, file.map(Path::toString).orElse("") + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    /** An option that plays no part would look as if it had. */
    private void refuseWhatWouldBeIgnored() throws Failure {
        boolean plain = file.filter(SimReplayCommand::isScenario).isPresent();
        boolean recording = file.isPresent() && !plain;
        refuse("--nodes", nodes.isPresent() && swarmSeed.isEmpty(), "of a --swarm-seed");
        refuse("--save", save.isPresent() && swarmSeed.isEmpty(), "of a --swarm-seed");
        refuse("--scenario", scenario.isPresent() && !recording, "of what a run left behind");
        refuse("--run", run.isPresent() && !recording, "of runs.jsonl of a sweep");
        if (hash.isPresent() && !hash.get().matches("[0-9a-f]{64}")) {
            throw new Failure(ExitCode.USAGE, "--hash is the 64 hexadecimal digits of a traceHash, not " + hash.get());
        }
    }

    private void refuse(String option, boolean ignored, String of) throws Failure {
        if (ignored) {
            String given = file.map(Path::toString).orElse("a swarm's seed");
            throw new Failure(ExitCode.USAGE, option + " is " + of + ", and this is " + given);
        }
    }

    private static boolean isScenario(Path path) {
        return path.toString().endsWith(".toml");
    }

    private Integer swarm(String seed) throws Failure {
        long its = Seeds.parse(seed).root();
        int wanted = nodes.orElse(SwarmScenario.USUAL_NODES);
        if (save.isPresent()) {
            OutputFiles.write(save.get(), SwarmScenario.text(its, wanted));
        }
        RunService service = new RunService(SimRunCommand.commit(), PeakMemory::bytes);
        return twice(() -> service.run(SwarmJobs.job(0, its, wanted)));
    }

    private Integer recorded(Path path) throws Failure, IOException, SweepException {
        if (isScenario(path)) {
            return twice(again(List.of(path.toString()), new Recorded(List.of(), Map.of())));
        }
        if (Files.isDirectory(path)) {
            throw new Failure(
                    ExitCode.USAGE,
                    path + " is a directory, and no run; of a sweep: thicket sim replay " + path.resolve("runs.jsonl")
                            + " --run N");
        }
        Recorded recorded =
                Recorded.read(path, run.orElse(-1), scenario.map(Path::toString).orElse(""));
        List<String> words = new ArrayList<>(recorded.command());
        if (words.isEmpty()) {
            if (scenario.isEmpty()) {
                throw new Failure(
                        ExitCode.USAGE, path + " does not say how it was run: name the scenario with --scenario");
            }
            words.add(scenario.get().toString());
            words.addAll(List.of("--seed", String.valueOf(recorded.summary().get("seed"))));
        } else if (scenario.isPresent()) {
            words.set(0, scenario.get().toString());
        } else if (!Files.exists(Path.of(words.get(0)))) {
            // It is written as it was given: from another directory it leads elsewhere.
            throw new Failure(
                    ExitCode.USAGE,
                    path + " is of the scenario " + words.get(0)
                            + ", which is not there: say with --scenario where it is");
        }
        return compare(recorded.summary(), again(words, recorded).run());
    }

    /** What was done by hand; the summary itself says it, so that no file is needed. */
    private static List<String> commands(Map<?, ?> summary) {
        return summary.get("commands") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Up to where the recorded run ended: one that was stopped ended between two slices, which are the same again. */
    private Again again(List<String> words, Recorded recorded) {
        List<String> commands = commands(recorded.summary());
        long stopUs = recorded.endUs();
        return () -> {
            Words parsed = new Words();
            try {
                new CommandLine(parsed).parseArgs(words.toArray(String[]::new));
            } catch (CommandLine.ParameterException e) {
                throw new Failure(ExitCode.USAGE, "the recorded command cannot be run: " + e.getMessage());
            }
            Scenario scenario = parsed.read();
            tellIfChanged(parsed.file.path(), scenario, recorded);
            ScenarioRun run = new ScenarioRun(scenario);
            parsed.hand.again(run, commands);
            RunProgress progress = new RunProgress(
                    quiet ? null : spec.commandLine().getErr(),
                    Math.min(stopUs, scenario.durationMs() * 1_000),
                    Double.POSITIVE_INFINITY);
            run.run((simulatedUs, events) -> progress.at(simulatedUs, events) && simulatedUs < stopUs);
            progress.end();
            tellIfShort(scenario, run);
            return new RunOutcome(
                    RunSummary.of(scenario, run, SimRunCommand.commit(), 0, 0, 0)
                            .json(),
                    "");
        };
    }

    /** Before the run: it may take long, and what differs then is no fault of the program. */
    private void tellIfChanged(Path file, Scenario scenario, Recorded before) {
        tellIfChanged("the text of " + file, "scenarioHash", before.scenarioHash(), scenario.hash());
        tellIfChanged("a file that " + file + " reads", "inputsHash", before.inputsHash(), scenario.inputsHash());
    }

    private void tellIfChanged(String what, String name, Optional<String> before, String now) {
        if (before.isPresent() && !before.get().equals(now)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: " + what + " has changed since the run, so that its traceHash cannot be"
                    + " expected to come out again (" + name + " " + before.get() + ", now "
                    + (now.isEmpty() ? "none" : now) + ")");
            err.flush();
        }
    }

    private void tellIfShort(Scenario scenario, ScenarioRun run) {
        if (run.violation().isEmpty() && run.simulatedSeconds() < scenario.durationMs() / 1e3) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("the recorded run was stopped after " + run.simulatedSeconds() + " of "
                    + scenario.durationMs() / 1e3 + " s: it is compared up to there");
            err.flush();
        }
    }

    /** Nothing is recorded but the hash at most: then a run is held against itself. */
    private Integer twice(Again again) throws Failure {
        RunOutcome first = again.run();
        if (hash.isPresent() && first.isOk()) {
            Map<String, Object> wanted = new LinkedHashMap<>();
            wanted.put("traceHash", hash.get());
            return compare(wanted, first);
        }
        RunOutcome second = again.run();
        if (!first.isOk() && first.error().equals(second.error())) {
            return print(List.of(), second);
        }
        return compare(first.members(), second);
    }

    private Integer compare(Map<?, ?> recorded, RunOutcome again) {
        return print(ReplayDiff.of(recorded, again.members()), again);
    }

    private Integer print(List<String> differences, RunOutcome again) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> failures = again.isOk() ? again.failures() : List.of(again.error());
        if (json) {
            JsonWriter writer = new JsonWriter().beginObject();
            writer.name("same").value(differences.isEmpty());
            writer.name("traceHash").value(again.traceHash());
            writer.name("differences").beginArray();
            differences.forEach(writer::value);
            writer.endArray().name("failures").beginArray();
            failures.forEach(writer::value);
            out.println(writer.endArray().endObject());
        } else {
            failures.forEach(each -> out.println("FAILED     " + each));
            differences.forEach(each -> out.println("DIFFERENT  " + each));
            if (differences.isEmpty()) {
                out.println("the same, bit for bit" + (again.isOk() ? ": trace " + again.traceHash() : ""));
            }
        }
        out.flush();
        return (differences.isEmpty() && failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
    }
}
