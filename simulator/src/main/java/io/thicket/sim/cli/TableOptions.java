package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.Plural;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.sweep.FigureNames;
import io.thicket.sim.sweep.SweepOutput;
import io.thicket.sim.sweep.SweepTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What is shown of many runs. */
final class TableOptions {
    /** Of missing runs, so many are named. */
    private static final int NAMED = 10;

    @Option(
            names = "--figures",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What the table shows, by the names of the JSON summary, e.g. pdr,latencyMs.p99; all for all.")
    private List<String> figures = SweepTable.USUAL_FIGURES;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the table as JSON; - prints it instead of text.")
    private Optional<String> json = Optional.empty();

    TableOptions() {}

    /** Before hours of work: whether the table can be written, and takes with it neither {@code inputs} nor what is in {@code results}. */
    void tryOutput(List<Path> inputs, Path results) throws Failure {
        Optional<Path> table = json.filter(name -> !name.equals("-")).map(Path::of);
        if (table.isEmpty()) {
            return;
        }
        if (SweepOutput.isOwn(table.get(), results)) {
            throw new Failure(
                    ExitCode.USAGE,
                    table.get() + " is what the sweep itself writes, and would be written over; name another");
        }
        if (Files.exists(results) || !SweepOutput.isIn(table.get(), results)) { // else it is made for the results
            OutputFiles.tryAll(List.of(table.get()), inputs);
        }
    }

    /** Prints and writes the table, and {@code where} its files are; the exit code says whether all is well. */
    int print(CommandLine line, SweepTable table, String where, boolean ignoreChecks, boolean wantsAll) throws Failure {
        PrintWriter out = line.getOut();
        boolean jsonOnly = json.filter("-"::equals).isPresent();
        List<Integer> missing = wantsAll ? table.missing() : List.of();
        if (jsonOnly) {
            out.println(table.json());
        } else {
            table.lines(shown(table)).forEach(out::println);
            table.failures().forEach(out::println);
            if (!missing.isEmpty()) {
                out.println("MISSING " + Plural.of(missing.size(), "run") + ": "
                        + String.join(
                                ", ",
                                missing.stream()
                                        .limit(NAMED)
                                        .map(String::valueOf)
                                        .toList())
                        + (missing.size() > NAMED ? ", ..." : ""));
            }
            out.println("means ± half of their 95 % intervals; " + where);
        }
        out.flush();
        if (json.isPresent() && !jsonOnly) {
            OutputFiles.write(Path.of(json.get()), table.json() + "\n");
        }
        boolean held = ignoreChecks || table.unheld() == 0;
        return (table.failed() == 0 && missing.isEmpty() && held ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private boolean isAll() {
        return figures.equals(List.of("all"));
    }

    private List<String> shown(SweepTable table) {
        return isAll() ? table.figures() : figures.stream().distinct().toList();
    }

    /** Before the runs: whether those of {@code scenario} can have each figure that is to be shown, and {@code more}. */
    void tryFigures(Scenario scenario, List<String> more) throws Failure {
        List<String> all = new ArrayList<>(isAll() ? List.of() : figures);
        all.addAll(more);
        requireKnown(all, () -> FigureNames.of(scenario));
    }

    /** Whether one of the runs that are there has each figure that is to be shown. */
    void tryFigures(SweepTable table) throws Failure {
        if (!isAll() && !table.figures().isEmpty()) {
            requireKnown(figures, table::figures);
        }
    }

    private static void requireKnown(List<String> wanted, Supplier<List<String>> known) throws Failure {
        List<String> others = wanted.stream()
                .filter(name -> !SweepTable.USUAL_FIGURES.contains(name))
                .toList();
        List<String> names = others.isEmpty() ? List.of() : known.get();
        for (String name : others) {
            if (!names.contains(name)) {
                throw new Failure(
                        ExitCode.USAGE, "there is no figure '" + name + "'; there are " + String.join(", ", names));
            }
        }
    }
}
