package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.run.IdleFaults;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.sweep.ShellWord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The file that a command of {@code thicket sim} is about, and what the command line says instead of it. */
final class ScenarioFile {
    @Parameters(paramLabel = "FILE", description = "The scenario (docs/scenario.md).")
    private Path file;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random, instead of the file's.")
    private Optional<String> seed;

    @Option(names = "--until", paramLabel = "TIME", description = "End the run earlier than the file says, e.g. 10min.")
    private Optional<String> until;

    @Option(names = "--nodes", paramLabel = "N", description = "Instead of [nodes] count.")
    private Optional<Integer> nodes;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "thicket, aodv, babel or flooding, instead of the file's.")
    private Optional<String> protocol;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any key of the file with another value, e.g. radio.loss=0.1; may be there several times.")
    private List<String> settings = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ScenarioFile() {}

    Path path() {
        return file;
    }

    /** All that was read for {@code scenario}, and must not be written over. */
    List<Path> inputs(Scenario scenario) {
        return Stream.concat(Stream.of(file), scenario.files().stream()).toList();
    }

    /** The command that runs the same again. */
    String command(Scenario scenario) {
        return "thicket sim run " + quoted(file.toString()) + " --seed 0x" + Long.toHexString(scenario.seed())
                + until.map(text -> " --until " + quoted(text)).orElse("")
                + nodes.map(count -> " --nodes " + count).orElse("")
                + protocol.map(name -> " --protocol " + quoted(name)).orElse("")
                + settings.stream().map(each -> " --set " + quoted(each)).collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return ShellWord.of(text);
    }

    /** The scenario; bad input of any kind has the exit code for it. */
    Scenario read() throws Failure {
        refuseRecording();
        try {
            Overrides overrides = overrides();
            Scenario scenario = ScenarioReader.read(file, Setting.parseAll(settings), overrides);
            if (overrides.untilMs().orElse(0) > scenario.durationMs()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("--until " + until.orElseThrow() + " is later than the end, after "
                        + scenario.durationMs() / 1e3 + " s; for a longer run: --set scenario.duration="
                        + until.orElseThrow());
                err.flush();
            }
            return scenario;
        } catch (ConfigException e) {
            throw new Failure(ExitCode.USAGE, "this scenario cannot be run\n" + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    /** The same; what deserves a look is told to {@code err}. */
    Scenario read(PrintWriter err) throws Failure {
        Scenario scenario = read();
        warn(err, scenario.warnings());
        IdleFaults.of(scenario).forEach(idle -> err.println("warning: " + idle));
        err.flush();
        return scenario;
    }

    /** Tells what deserves a look. */
    static void warn(PrintWriter err, Collection<ConfigProblem> warnings) {
        warnings.forEach(warning -> err.println("warning: " + warning));
        err.flush();
    }

    /** The text of the file with what {@code --set}, {@code --nodes} and {@code --protocol} change. */
    String text() throws Failure {
        refuseRecording();
        try {
            List<Setting> all = new ArrayList<>(Setting.parseAll(settings));
            protocol.ifPresent(name -> all.add(new Setting("routing.protocol", name)));
            nodes.ifPresent(count -> all.add(new Setting("nodes.count", (long) count)));
            return ScenarioReader.textWith(file, all);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    private void refuseRecording() throws Failure {
        try {
            if (Files.size(file) > 0 && RunFileReader.isRecording(file)) {
                throw new Failure(
                        ExitCode.USAGE, file + " is a recording for thicket sim view; wanted is a scenario file");
            }
        } catch (IOException e) {
            // Whoever reads it as a scenario finds out, and says so with all other mistakes.
        }
    }

    private Overrides overrides() {
        String name = protocol.orElse("");
        if (!name.isEmpty()
                && Arrays.stream(RoutingPlan.Protocol.values())
                        .noneMatch(its -> its.name().toLowerCase(Locale.ROOT).equals(name))) {
            throw new IllegalArgumentException("--protocol is thicket, aodv, babel or flooding, not '" + name + "'");
        }
        long untilMs = until.map(text -> OptionText.duration("--until", text).toMillis())
                .orElse(0L);
        if (until.isPresent() && untilMs <= 0) {
            throw new IllegalArgumentException("--until is more than 0");
        }
        if (nodes.isPresent() && (nodes.get() < 1 || nodes.get() > Scenario.MAX_NODES)) {
            throw new IllegalArgumentException("--nodes is 1 to " + Scenario.MAX_NODES + ", not " + nodes.get());
        }
        return new Overrides(
                seed.map(text -> OptionalLong.of(Seeds.parse(text).root())).orElse(OptionalLong.empty()),
                until.isPresent() ? OptionalLong.of(untilMs) : OptionalLong.empty(),
                nodes.map(OptionalInt::of).orElse(OptionalInt.empty()),
                name);
    }
}
