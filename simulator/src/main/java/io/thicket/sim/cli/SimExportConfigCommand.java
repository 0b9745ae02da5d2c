package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.routing.LinkClass;
import io.thicket.sim.bridge.JoinConfigs;
import io.thicket.sim.run.NodeConfigs;
import io.thicket.sim.scenario.file.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim export-config}. */
@Command(
        name = "export-config",
        description = {
            "Write the configuration file of each planned node, NAME.toml; files that exist are left as they are.",
            "",
            "Exit codes: 0 everything is written, 2 the scenario or the command line is wrong, 73 a file cannot be written."
        },
        footer = {
            "",
            "Example: thicket sim export-config greenhouse.toml --out configs --broker mqtt://192.168.1.10:1883"
        })
final class SimExportConfigCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    @Option(names = "--out", required = true, paramLabel = "DIRECTORY", description = "Where to; made if missing.")
    private Path directory;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Of each node's radio (default: wlan0, of a LoRa modem lora0).")
    private @Nullable String interfaceName;

    @Option(names = "--broker", paramLabel = "URL", description = "Of each gateway (default: mqtt://127.0.0.1:1883).")
    private String broker = io.thicket.gateway.GatewayConfig.DEFAULT_BROKER;

    @Option(
            names = "--bridge",
            description = {
                "Write what real agents need to join a run with --bridge instead: real-1.toml and so on, one for each peer of a"
                        + " [[bridge_link]], and network.key, which is NO SECRET if it follows from the scenario's seed."
            })
    private boolean bridge;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimExportConfigCommand() {}

    @Override
    public Integer call() throws Failure {
        Scenario scenario = file.read(spec.commandLine().getErr());
        Map<String, String> files = bridge ? JoinConfigs.of(scenario) : nodes(scenario);
        if (files.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "no real agent can join: the scenario has no [[bridge_link]]");
        }
        OutputFiles.makeDirectory(directory);
        int written = 0;
        try {
            for (Map.Entry<String, String> each : files.entrySet()) {
                Path its = directory.resolve(bridge ? each.getKey() : each.getKey() + ".toml");
                if (!Files.exists(its)) {
                    write(its, each.getValue());
                    written++;
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, directory + " cannot be written: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(written + " files written to " + directory
                + (written < files.size() ? ", " + (files.size() - written) + " existed" : ""));
        if (files.containsKey(JoinConfigs.KEY_FILE)) {
            out.println("NOT SECRET: " + directory.resolve(JoinConfigs.KEY_FILE)
                    + " follows from the scenario's seed; never use it for a network that matters");
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private Map<String, String> nodes(Scenario scenario) throws Failure {
        String name = interfaceName;
        if (name == null) {
            name = scenario.radio().phy().linkClass() == LinkClass.LORA ? "lora0" : "wlan0";
        }
        try {
            return NodeConfigs.of(scenario, name, broker);
        } catch (ConfigException e) {
            throw new Failure(ExitCode.USAGE, "nodes would refuse these files, so none is written:\n" + e.getMessage());
        }
    }

    private void write(Path its, String text) throws IOException {
        if (its.endsWith(JoinConfigs.KEY_FILE)) {
            // Agents refuse a key that others can read, even one that is no secret.
            Files.createFile(its, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(its, text);
    }
}
