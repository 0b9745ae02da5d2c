package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.catalogue.OwnDrivers;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver validate}. */
@Command(
        name = "validate",
        description = {
            "Check a specification file of a device (docs/driver-spec.md) and decode its examples.",
            "Reports all that is wrong, with line, column and what to write; exit code 78 if anything is."
        })
final class DriverValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Specification files.")
    private List<Path> files;

    @Option(names = "--json", description = "Print the problems as a JSON array.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverValidateCommand() {}

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        JsonWriter array = new JsonWriter().beginArray();
        boolean fine = true;
        for (Path file : files) {
            try {
                List<DeviceDriver> drivers = OwnDrivers.read(DriverSource.text(file));
                if (!json) {
                    out.println(file + " is fine: " + summary(drivers));
                }
            } catch (SpecException e) {
                fine = false;
                for (SpecProblem problem : e.problems()) {
                    if (json) {
                        write(array, file, problem);
                    } else {
                        out.println(text(file, problem));
                    }
                }
            }
        }
        if (json) {
            out.println(array.endArray());
        }
        out.flush();
        return (fine ? ExitCode.OK : ExitCode.CONFIG).number();
    }

    private static String summary(List<DeviceDriver> drivers) {
        String ids = drivers.stream()
                .map(DeviceDriver::descriptor)
                .map(descriptor -> descriptor.id())
                .collect(Collectors.joining(", "));
        return ids + ", " + OwnDrivers.summary(drivers.get(0));
    }

    private static String text(Path file, SpecProblem problem) {
        String place = problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "";
        return file + place + ": " + problem.message() + (problem.hint().isEmpty() ? "" : "\n    " + problem.hint());
    }

    private static void write(JsonWriter json, Path file, SpecProblem problem) {
        json.beginObject();
        json.name("severity").value("error");
        json.name("file").value(file.toString());
        json.name("line").value(problem.line());
        json.name("column").value(problem.column());
        json.name("message").value(problem.message());
        json.name("hint").value(problem.hint());
        json.endObject();
    }
}
