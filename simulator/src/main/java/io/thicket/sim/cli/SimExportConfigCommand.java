package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.NodeConfigs;
import io.thicket.sim.scenario.file.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim export-config}. */
@Command(
        name = "export-config",
        description =
                "Write the configuration file of each planned node, NAME.toml; files that exist are left as they are.")
final class SimExportConfigCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    @Option(names = "--out", required = true, paramLabel = "DIRECTORY", description = "Where to; made if missing.")
    private Path directory;

    @Option(names = "--interface", paramLabel = "NAME", description = "Of each node's radio (default: wlan0).")
    private String interfaceName = "wlan0";

    @Option(names = "--broker", paramLabel = "URL", description = "Of each gateway (default: mqtt://127.0.0.1:1883).")
    private String broker = io.thicket.gateway.GatewayConfig.DEFAULT_BROKER;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimExportConfigCommand() {}

    @Override
    public Integer call() throws Failure {
        Scenario scenario = file.read();
        Map<String, String> files = NodeConfigs.of(scenario, interfaceName, broker);
        int written = 0;
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, String> each : files.entrySet()) {
                Path its = directory.resolve(each.getKey() + ".toml");
                if (!Files.exists(its)) {
                    Files.writeString(its, each.getValue());
                    written++;
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, directory + " cannot be written: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(written + " files written to " + directory
                + (written < files.size() ? ", " + (files.size() - written) + " existed" : ""));
        out.flush();
        return ExitCode.OK.number();
    }
}
