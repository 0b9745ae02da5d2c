package io.thicket.sim.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thicket sim}: networks from scenario files. */
@Command(
        name = "sim",
        description = "Simulate a network that a scenario file describes (docs/scenario.md).",
        synopsisSubcommandLabel = "COMMAND")
final class SimCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    private SimCommand() {}

    static CommandLine line() {
        return new CommandLine(new SimCommand())
                .addSubcommand(new SimRunCommand())
                .addSubcommand(new SimViewCommand())
                .addSubcommand(new SimExplainCommand())
                .addSubcommand(new SimExportCommand())
                .addSubcommand(new SimFitCommand())
                .addSubcommand(new SimExportConfigCommand())
                .addSubcommand(new SimSweepCommand())
                .addSubcommand(new SimMergeCommand())
                .addSubcommand(new SimSwarmCommand())
                .addSubcommand(new SimReplayCommand())
                .addSubcommand(new SimShrinkCommand())
                .addSubcommand(new SimDiffCommand())
                .addSubcommand(new SimWorkerCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: run, view, explain, fit, export, export-config, sweep, merge, swarm, replay, shrink or diff");
    }
}
