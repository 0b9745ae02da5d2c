package io.thicket.sim.cli;

import io.thicket.agent.cli.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The command line of {@code thicket sim} in the test's own JVM. */
final class SimLine {
    private SimLine() {}

    /** Runs {@code args}, of which the first one is "sim". The exit code; what was said is added to {@code out} and {@code err}. */
    static int run(StringWriter out, StringWriter err, String... args) {
        CommandLine line = new CommandLine(new ThicketMain.Demo()).addSubcommand("sim", SimCommand.line());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((problem, its, parsed) -> {
            if (problem instanceof Failure failure) {
                err.write(failure.getMessage() + "\n");
                return failure.code().number();
            }
            throw problem;
        });
        return line.execute(args);
    }
}
