package io.thicket.agent.cli;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.EffectiveConfig;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.senml.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket config}. */
@Command(name = "config", description = "Check or show a configuration file.")
final class ConfigCommand {
    @Spec
    private CommandSpec spec;

    private final ConfigReader reader;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    ConfigCommand(ConfigReader reader) {
        this.reader = reader;
    }

    @Command(name = "check", description = "Report all that is wrong in a file; exit code 78 if anything is.")
    int check(
            @Parameters(paramLabel = "FILE", description = "A node's configuration (docs/configuration.md).") Path file,
            @Option(names = "--json", description = "Print the problems as a JSON array.") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        List<ConfigProblem> errors = List.of();
        List<ConfigProblem> warnings = List.of();
        String text = "";
        try {
            LoadedConfig loaded = reader.read(file);
            warnings = loaded.warnings();
        } catch (ConfigException e) {
            errors = e.problems();
            text = e.getMessage() + "\n";
        }
        if (json) {
            out.println(toJson(errors, warnings));
        } else {
            for (ConfigProblem warning : warnings) {
                out.println("warning: " + warning);
            }
            out.print(errors.isEmpty() ? file + " is fine\n" : text);
        }
        out.flush();
        return (errors.isEmpty() ? ExitCode.OK : ExitCode.CONFIG).number();
    }

    @Command(name = "show", description = "Print a configuration as TOML, secrets masked.")
    int show(
            @Parameters(paramLabel = "FILE", description = "A node's configuration (docs/configuration.md).") Path file,
            @Option(names = "--effective", description = "With every default filled in (there is no other form yet).")
                    boolean effective)
            throws Failure {
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.print(EffectiveConfig.print(reader.read(file)));
            out.flush();
            return ExitCode.OK.number();
        } catch (ConfigException e) {
            throw new Failure(ExitCode.CONFIG, e.getMessage());
        }
    }

    private static String toJson(List<ConfigProblem> errors, List<ConfigProblem> warnings) {
        JsonWriter json = new JsonWriter().beginArray();
        errors.forEach(problem -> write(json, "error", problem));
        warnings.forEach(problem -> write(json, "warning", problem));
        return json.endArray().toString();
    }

    private static void write(JsonWriter json, String severity, ConfigProblem problem) {
        json.beginObject();
        json.name("severity").value(severity);
        json.name("file").value(problem.file());
        json.name("line").value(problem.line());
        json.name("column").value(problem.column());
        json.name("message").value(problem.message());
        json.name("hint").value(problem.hint());
        json.endObject();
    }
}
