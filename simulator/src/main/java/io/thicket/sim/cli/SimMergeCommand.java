package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.sweep.Shard;
import io.thicket.sim.sweep.SweepException;
import io.thicket.sim.sweep.SweepInUseException;
import io.thicket.sim.sweep.SweepMerge;
import io.thicket.sim.sweep.SweepOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket sim merge}. */
@Command(
        name = "merge",
        description = {
            "Put the shards of one sweep together, or sweeps of the same keys with other values and seeds, and tell what all of them say.",
            "",
            "Exit codes: 0 every run is there and every check held, 1 not so, 2 the files are not of one sweep, 73 the whole cannot"
                    + " be written, or another process writes it."
        },
        footer = {"", "Example: thicket sim merge greenhouse.sweep --out greenhouse.sweep"})
final class SimMergeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FROM",
            arity = "1..*",
            description = "Directories that sim sweep wrote, or runs*.jsonl files of them.")
    private List<Path> from;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIRECTORY",
            description = "For the whole; may be one of FROM, or have results of the same sweep, which are kept.")
    private Path out;

    @Option(names = "--ignore-checks", description = "Exit code 0 also if checks did not hold.")
    private boolean ignoreChecks;

    @Mixin
    private TableOptions table;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimMergeCommand() {}

    @Override
    public Integer call() throws Failure {
        try {
            List<Path> inputs = new ArrayList<>(SweepOutput.files(from));
            inputs.add(SweepOutput.runs(out, Shard.WHOLE));
            table.tryOutput(inputs, out);
            SweepMerge merge = SweepMerge.of(from, out);
            table.tryFigures(merge.table());
            if (!merge.grown().isEmpty()) {
                spec.commandLine().getErr().println(merge.grown());
                spec.commandLine().getErr().flush();
            }
            OutputFiles.makeDirectory(out);
            merge.write();
            return table.print(
                    spec.commandLine(), merge.table(), SweepOutput.told(Shard.WHOLE, out), ignoreChecks, true);
        } catch (SweepInUseException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, out + ": " + e.getMessage());
        } catch (SweepException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        } catch (IOException e) {
            throw OutputFiles.unwritable(SweepOutput.runs(out, Shard.WHOLE), e);
        }
    }
}
