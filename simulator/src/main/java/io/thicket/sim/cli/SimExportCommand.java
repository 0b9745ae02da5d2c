package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.NetworkExport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thicket sim export}. */
@Command(
        name = "export",
        description = "Write a scenario's network, as it is at the start, in the forms that others read.")
final class SimExportCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    @Option(names = "--positions", paramLabel = "OUT", description = "CSV: name,x,y,role.")
    private Optional<Path> positions;

    @Option(names = "--links", paramLabel = "OUT", description = "CSV: from,to,pdr, one row for one direction.")
    private Optional<Path> links;

    @Option(names = "--netjson", paramLabel = "OUT", description = "NetJSON NetworkGraph.")
    private Optional<Path> netjson;

    @Option(names = "--setdest", paramLabel = "OUT", description = "Places and movement for ns-2.")
    private Optional<Path> setdest;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimExportCommand() {}

    @Override
    public Integer call() throws Failure {
        if (positions.isEmpty() && links.isEmpty() && netjson.isEmpty() && setdest.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "nothing to write: name --positions, --links, --netjson or --setdest");
        }
        NetworkExport export = new NetworkExport(file.read());
        if (positions.isPresent()) {
            SimRunCommand.write(positions.get(), export.positions());
        }
        if (links.isPresent()) {
            SimRunCommand.write(links.get(), export.links());
        }
        if (netjson.isPresent()) {
            SimRunCommand.write(netjson.get(), export.netJson());
        }
        if (setdest.isPresent()) {
            SimRunCommand.write(setdest.get(), export.setdest());
        }
        return ExitCode.OK.number();
    }
}
