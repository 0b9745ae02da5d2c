package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.ScenarioText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thicket sim explain}. */
@Command(
        name = "explain",
        description = {
            "Print a scenario with every default filled in and every draw made.",
            "",
            "Exit codes: 0 it is printed, 2 the scenario or the command line is wrong."
        },
        footer = {"", "Example: thicket sim explain greenhouse.toml --nodes 50"})
final class SimExplainCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimExplainCommand() {}

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        ScenarioText.of(file.read()).forEach(out::println);
        out.flush();
        return ExitCode.OK.number();
    }
}
