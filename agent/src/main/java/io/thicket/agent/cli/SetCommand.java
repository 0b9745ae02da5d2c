package io.thicket.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket set}. */
@Command(
        name = "set",
        description = "Sets a value of a device (a relay, a set-point) and waits until the device confirms it.")
final class SetCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(
            index = "0",
            paramLabel = "[NODE/]SENSOR/COMMAND",
            description = "What to set; NODE is asked through the agent: its name, NodeId or mesh address.")
    private String target = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "A number in the command's unit, or on or off.")
    private String value = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    SetCommand() {}

    @Override
    public Integer call() throws Failure {
        return TellCommand.run(options, target, value, spec.commandLine().getOut());
    }
}
