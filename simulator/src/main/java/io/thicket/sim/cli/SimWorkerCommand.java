package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.sweep.RunService;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code thicket sim worker}: what {@code sweep}, {@code swarm} and {@code shrink} start; people do not. */
@Command(
        name = "worker",
        hidden = true,
        description = "Run what comes on standard input, one line of JSON for each run.")
final class SimWorkerCommand implements Callable<Integer> {
    SimWorkerCommand() {}

    @Override
    public Integer call() throws Failure {
        OutputStream answers = System.out;
        // Whatever else prints must not end up between the answers.
        System.setOut(System.err);
        try {
            new RunService(SimRunCommand.commit(), PeakMemory::bytes)
                    .serve(System.in, answers, () -> Runtime.getRuntime().halt(ExitCode.OK.number()));
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, "nobody takes the answers: " + e.getMessage());
        }
        return ExitCode.OK.number();
    }
}
