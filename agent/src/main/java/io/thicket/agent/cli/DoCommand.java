package io.thicket.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket do}. */
@Command(name = "do", description = "Has a device do something (sleep, calibrate) and waits until it confirms it.")
final class DoCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(
            paramLabel = "[NODE/]SENSOR/COMMAND",
            description = "What to do; NODE is asked through the agent: its name, NodeId or mesh address.")
    private String target = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    DoCommand() {}

    @Override
    public Integer call() throws Failure {
        return TellCommand.run(options, target, null, spec.commandLine().getOut());
    }
}
