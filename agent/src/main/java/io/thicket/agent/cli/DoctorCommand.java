package io.thicket.agent.cli;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.Units;
import io.thicket.agent.doctor.Doctor;
import io.thicket.agent.doctor.DoctorCheck;
import io.thicket.agent.doctor.Finding;
import io.thicket.agent.doctor.Machine;
import io.thicket.agent.doctor.Severity;
import io.thicket.agent.senml.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at what surrounds a node, running or not; each finding with its cure.",
            "Without FILE: what this machine offers to a node. Exit code 1 if there is an error."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long MAX_LISTEN_MS = 600_000;
    private static final int AREA_WIDTH = 18;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The node's configuration.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--json", description = "Print the findings as a JSON object.")
    private boolean json;

    @Option(
            names = "--listen",
            paramLabel = "TIME",
            description = "How long to listen for other nodes on each interface (default: ${DEFAULT-VALUE}).",
            defaultValue = "3s")
    private String listen = "3s";

    @Spec
    private CommandSpec spec;

    private final ConfigReader reader;
    private final List<? extends DoctorCheck> more;

    /** {@code more}: the checks of the packages above the agent. */
    @SuppressWarnings("NullAway.Init") // picocli sets spec
    DoctorCommand(ConfigReader reader, List<? extends DoctorCheck> more) {
        this.reader = reader;
        this.more = more;
    }

    @Override
    public Integer call() throws Failure {
        Doctor doctor = new Doctor(Machine.LINUX, new SystemWallClock(false), listenMs(), more);
        List<Finding> findings = file.isPresent() ? examine(doctor, file.get()) : doctor.survey();
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? toJson(findings) + "\n" : toText(findings));
        out.flush();
        return (count(findings, Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private long listenMs() throws Failure {
        try {
            long ms = Units.duration(listen).toMillis();
            if (ms >= 0 && ms <= MAX_LISTEN_MS) {
                return ms;
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--listen: " + e.getMessage());
        }
        throw new Failure(ExitCode.USAGE, "--listen is at most " + MAX_LISTEN_MS / 1_000 + "s, not " + listen);
    }

    private List<Finding> examine(Doctor doctor, Path configuration) {
        List<Finding> findings = new ArrayList<>();
        try {
            LoadedConfig config = reader.read(configuration);
            findings.add(Finding.ok("configuration", configuration + " has no error"));
            config.warnings().forEach(warning -> findings.add(of(Severity.WARNING, warning)));
            findings.addAll(doctor.examine(config));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> findings.add(of(Severity.ERROR, problem)));
            findings.addAll(doctor.survey());
        }
        return findings;
    }

    private static Finding of(Severity severity, ConfigProblem problem) {
        String cure =
                problem.hint().isEmpty() ? "correct it; docs/configuration.md describes every key" : problem.hint();
        return new Finding("configuration", severity, problem.where() + ": " + problem.message(), cure);
    }

    private String toText(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        for (Finding finding : findings) {
            String area = finding.area()
                    + " ".repeat(Math.max(1, AREA_WIDTH - finding.area().length()));
            text.append(mark(ansi, finding.severity())).append(' ').append(area).append(finding.what());
            text.append('\n');
            if (!finding.cure().isEmpty()) {
                text.append("    -> ").append(finding.cure()).append('\n');
            }
        }
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        return text.append(
                        errors + warnings == 0
                                ? "all is well\n"
                                : counted(errors, "error") + ", " + counted(warnings, "warning") + "\n")
                .toString();
    }

    private static String mark(Ansi ansi, Severity severity) {
        return switch (severity) {
            case OK -> ansi.string("@|green ok|@");
            case INFO -> " i";
            case WARNING -> ansi.string("@|yellow,bold  !|@");
            case ERROR -> ansi.string("@|red,bold  x|@");
        };
    }

    private static String counted(long count, String word) {
        return (count == 0 ? "no" : String.valueOf(count)) + " " + word + (count == 1 ? "" : "s");
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String toJson(List<Finding> findings) {
        JsonWriter out = new JsonWriter().beginObject();
        out.name("errors").value(count(findings, Severity.ERROR));
        out.name("warnings").value(count(findings, Severity.WARNING));
        out.name("findings").beginArray();
        for (Finding finding : findings) {
            out.beginObject();
            out.name("area").value(finding.area());
            out.name("severity").value(finding.severity().name().toLowerCase(Locale.ROOT));
            out.name("what").value(finding.what());
            out.name("cure").value(finding.cure());
            out.endObject();
        }
        return out.endArray().endObject().toString();
    }
}
