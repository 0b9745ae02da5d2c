package io.thicket.sim.cli;

import io.thicket.sim.run.HtmlReport;
import io.thicket.sim.run.JunitXml;
import io.thicket.sim.run.NodeCsv;
import io.thicket.sim.run.PacketCsv;
import io.thicket.sim.run.PacketJson;
import io.thicket.sim.run.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is told of a run when it is over: its summary, on the terminal or as JSON, and files. */
final class RunOutputs {
    @Option(
            names = "--json",
            paramLabel = "OUT",
            description = "Write the summary as JSON; - prints it instead of text.")
    private Optional<String> json;

    @Option(names = "--junit", paramLabel = "OUT", description = "Write the checks as JUnit XML.")
    private Optional<Path> junit;

    @Option(
            names = "--packets",
            paramLabel = "OUT",
            description =
                    "Write what became of each packet: CSV, or an object on a line for each if the name ends in .json.")
    private Optional<Path> packets;

    @Option(names = "--per-node", paramLabel = "OUT", description = "Write what came of each node as CSV.")
    private Optional<Path> perNode;

    @Option(names = "--report", paramLabel = "OUT.html", description = "Write a report for a browser.")
    private Optional<Path> report;

    /** Bytes by which a file is known. */
    private static final int BEGIN = 64;

    private boolean written;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    RunOutputs() {}

    Optional<String> json() {
        return json;
    }

    /** Whether a file is wanted that makes sense for one run only. */
    boolean areOfOneRun() {
        return junit.isPresent() || packets.isPresent() || perNode.isPresent() || report.isPresent();
    }

    /** The files that are written when the run is over. */
    List<Path> files() {
        List<Path> all = new ArrayList<>();
        json.filter(name -> !name.equals("-")).map(Path::of).ifPresent(all::add);
        for (Optional<Path> each : List.of(junit, packets, perNode, report)) {
            each.ifPresent(all::add);
        }
        return all;
    }

    /** Where people are told what is not the summary: standard error if a program reads the other one. */
    PrintWriter said() {
        return isJsonOnly() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    private boolean isJsonOnly() {
        return json.filter("-"::equals).isPresent();
    }

    /**
     * The run could not be, and {@code why}: an error takes the place of the result of an earlier run, which a build server would take for
     * that of this one. What is no result stays.
     */
    void failed(String suite, String why) {
        if (written || junit.isEmpty()) {
            return;
        }
        try {
            Path path = junit.get();
            if (Files.isRegularFile(path) && JunitXml.isOne(begin(path))) {
                Files.writeString(path, JunitXml.error(suite, why));
            }
        } catch (IOException e) {
            // The command fails anyway, and says why.
        }
    }

    private static String begin(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8);
        }
    }

    /** Prints and writes everything, each file whatever became of the others; {@code command} runs the same again. */
    void write(RunSummary summary, String command, UnwrittenFiles unwritten) {
        written = true;
        PrintWriter out = spec.commandLine().getOut();
        if (isJsonOnly()) {
            out.println(summary.json(command));
        } else {
            summary.lines().forEach(out::println);
        }
        out.flush();
        if (json.isPresent() && !isJsonOnly()) {
            unwritten.write(Path.of(json.get()), summary.json(command) + "\n");
        }
        if (junit.isPresent()) {
            unwritten.write(junit.get(), JunitXml.of(summary));
        }
        if (packets.isPresent()) {
            boolean lines = packets.get().toString().toLowerCase(Locale.ROOT).endsWith(".json");
            unwritten.write(packets.get(), lines ? PacketJson.of(summary) : PacketCsv.of(summary));
        }
        if (perNode.isPresent()) {
            unwritten.write(perNode.get(), NodeCsv.of(summary));
        }
        if (report.isPresent()) {
            unwritten.write(report.get(), HtmlReport.of(summary, command));
        }
    }
}
