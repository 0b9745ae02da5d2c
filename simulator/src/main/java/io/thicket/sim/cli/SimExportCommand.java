package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.ExportLosses;
import io.thicket.sim.run.MeshviewerExport;
import io.thicket.sim.run.NetworkExport;
import io.thicket.sim.scenario.file.NetworkImport.Format;
import io.thicket.sim.scenario.file.Scenario;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim export}. */
@Command(
        name = "export",
        description = {
            "Write a scenario's network, as it is at the start, in the forms that others read.",
            "",
            "Exit codes: 0 everything is written, 2 the scenario or the command line is wrong, 73 a file cannot be written."
        },
        footer = {"", "Example: thicket sim export greenhouse.toml --positions nodes.csv --links links.csv"})
final class SimExportCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    private static final String NOWHERE = "0,0";

    @Option(names = "--positions", paramLabel = "OUT", description = "CSV: name,x,y,role.")
    private Optional<Path> positions;

    @Option(names = "--links", paramLabel = "OUT", description = "CSV: from,to,pdr, one row for one direction.")
    private Optional<Path> links;

    @Option(names = "--netjson", paramLabel = "OUT", description = "NetJSON NetworkGraph.")
    private Optional<Path> netjson;

    @Option(
            names = "--meshviewer",
            paramLabel = "OUT",
            description = "Meshviewer JSON, the map of Freifunk communities.")
    private Optional<Path> meshviewer;

    @Option(
            names = "--at",
            paramLabel = "LAT,LON",
            description = "Where on the earth the place 0, 0 is, of --meshviewer (default: ${DEFAULT-VALUE}).",
            defaultValue = NOWHERE)
    private String at;

    @Option(names = "--setdest", paramLabel = "OUT", description = "Places and movement for ns-2.")
    private Optional<Path> setdest;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimExportCommand() {}

    @Override
    public Integer call() throws Failure {
        List<Path> outputs = new ArrayList<>();
        for (Optional<Path> each : List.of(positions, links, netjson, meshviewer, setdest)) {
            each.ifPresent(outputs::add);
        }
        if (meshviewer.isEmpty() && !at.equals(NOWHERE)) {
            throw new Failure(ExitCode.USAGE, "--at is of --meshviewer, and there is none");
        }
        if (outputs.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "nothing to write: name --positions, --links, --netjson, --meshviewer or --setdest");
        }
        if (outputs.contains(Path.of("-"))) {
            throw new Failure(ExitCode.USAGE, "an export goes to files; one that is called - is ./-");
        }
        double[] place = place();
        Scenario scenario = file.read(spec.commandLine().getErr());
        OutputFiles.tryAll(outputs, file.inputs(scenario));
        NetworkExport export = new NetworkExport(scenario);
        if (positions.isPresent()) {
            write(positions.get(), Format.POSITIONS, export.positions(), scenario);
        }
        if (links.isPresent()) {
            write(links.get(), Format.LINKS, export.links(), scenario);
        }
        if (netjson.isPresent()) {
            write(netjson.get(), Format.NETJSON, export.netJson(), scenario);
        }
        if (meshviewer.isPresent()) {
            write(meshviewer.get(), Format.MESHVIEWER, MeshviewerExport.of(scenario, place[0], place[1]), scenario);
        }
        if (setdest.isPresent()) {
            write(setdest.get(), Format.SETDEST, export.setdest(), scenario);
        }
        return ExitCode.OK.number();
    }

    /** Writes it, and tells what a scenario that reads it back would not find there. */
    private void write(Path out, Format format, String text, Scenario scenario) throws Failure {
        OutputFiles.write(out, text);
        PrintWriter err = spec.commandLine().getErr();
        ExportLosses.of(scenario, format, text).forEach(loss -> err.println(out + ": " + loss));
        err.flush();
    }

    private double[] place() throws Failure {
        if (at.matches("-?[0-9]{1,2}(\\.[0-9]{1,12})?,-?[0-9]{1,3}(\\.[0-9]{1,12})?")) {
            double latitude = Double.parseDouble(at.substring(0, at.indexOf(',')));
            double longitude = Double.parseDouble(at.substring(at.indexOf(',') + 1));
            if (Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180) {
                return new double[] {latitude, longitude};
            }
        }
        throw new Failure(
                ExitCode.USAGE,
                "--at is a latitude of -85 to 85 and a longitude, such as 51.34,12.37, not '" + at + "'");
    }
}
