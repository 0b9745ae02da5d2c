package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.sweep.RunDiff;
import io.thicket.sim.sweep.RunSet;
import io.thicket.sim.sweep.SweepException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket sim diff}. */
@Command(
        name = "diff",
        description = {
            "Lay two sets of runs over each other: each figure with its 95 %% interval, and whether the difference is more than an accident.",
            "",
            "A and B are directories or runs.jsonl of sim sweep, or the JSON of sim run.",
            "",
            "Exit codes: 0 no figure differs by more than an accident, 1 one does, 2 the command line or a file is wrong,"
                    + " 73 a file cannot be written."
        },
        footer = {"", "Example: thicket sim diff before.sweep after.sweep --figures pdr,latencyMs.p95"})
final class SimDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "What was before.")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "What is now.")
    private Path b;

    @Option(
            names = "--figures",
            split = ",",
            paramLabel = "NAME",
            description = "Which, by the names of the JSON summary; all for all.")
    private List<String> figures = RunDiff.USUAL_FIGURES;

    @Option(names = "--json", paramLabel = "OUT", description = "Write it as JSON; - prints it instead of text.")
    private Optional<String> json;

    @Option(
            names = "--report",
            paramLabel = "OUT.html",
            description = "Write it for a browser: intervals over each other.")
    private Optional<Path> report;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimDiffCommand() {}

    @Override
    public Integer call() throws Failure {
        boolean jsonOnly = json.filter("-"::equals).isPresent();
        List<Path> outputs = new ArrayList<>(report.stream().toList());
        if (!jsonOnly) {
            json.map(Path::of).ifPresent(outputs::add);
        }
        OutputFiles.tryAll(outputs, List.of(a, b));
        RunDiff diff;
        try {
            diff = new RunDiff(RunSet.read(a), RunSet.read(b), figures.equals(List.of("all")) ? List.of() : figures);
        } catch (SweepException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "it cannot be read: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (jsonOnly) {
            out.println(diff.json());
        } else {
            diff.lines().forEach(out::println);
        }
        out.flush();
        if (json.isPresent() && !jsonOnly) {
            OutputFiles.write(Path.of(json.get()), diff.json() + "\n");
        }
        if (report.isPresent()) {
            OutputFiles.write(report.get(), diff.html());
        }
        return (diff.differs() ? ExitCode.FAILED : ExitCode.OK).number();
    }
}
