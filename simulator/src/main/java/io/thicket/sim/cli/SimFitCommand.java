package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.Written;
import io.thicket.sim.fit.LinkFit;
import io.thicket.sim.fit.LinkPrediction;
import io.thicket.sim.fit.NodeOffsetFit;
import io.thicket.sim.fit.RadioFit;
import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.RadioPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket sim fit}. */
@Command(
        name = "fit",
        description = {
            "Fit a radio to measured links: path loss, shadowing and the share delivered by SNR, with standard errors, and a"
                    + " [radio] section to paste.",
            "",
            "LINKS.csv has a row for each direction: from,to (or tx,rx), rssi_dbm, and if known distance_m, snr_db or noise_dbm, pdr.",
            "",
            "Exit codes: 0 something was fitted, 1 there was too little to fit, 2 the table cannot be read, 73 a file cannot be written."
        },
        footer = {"", "Example: thicket sim fit links.csv --nodes nodes.csv --tx 14"})
final class SimFitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LINKS.csv", description = "Measurements of links.")
    private Path links;

    @Option(
            names = "--nodes",
            paramLabel = "NODES.csv",
            description = "Places, for distances and for what is missing: name,x,y[,z] in metres, or name,lat,lon.")
    private Optional<Path> nodes;

    @Option(
            names = "--where",
            paramLabel = "COLUMN=VALUE",
            description = "Only rows with this value; may be given more than once.")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(
            names = "--tx",
            paramLabel = "DBM",
            description = "What the senders sent with (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private double tx;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the fit as JSON; - prints it instead of text.")
    private Optional<String> json;

    @Option(
            names = "--predict",
            paramLabel = "OUT.csv",
            description =
                    "Write all links between the nodes of NODES.csv: those that were measured as they are, the others as the"
                            + " measured ones near them predict. A scenario reads it (format = \"links\") if the share delivered was fitted.")
    private Optional<Path> predict;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimFitCommand() {}

    @Override
    public Integer call() throws Failure {
        boolean jsonOnly = json.filter("-"::equals).isPresent();
        List<Path> outputs = new ArrayList<>(predict.stream().toList());
        if (json.isPresent() && !jsonOnly) {
            outputs.add(Path.of(json.get()));
        }
        OutputFiles.tryAll(
                outputs, Stream.concat(Stream.of(links), nodes.stream()).toList());
        if (predict.isPresent() && nodes.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--predict needs places: give --nodes NODES.csv with it");
        }
        if (!(tx >= RadioPlan.LEAST_TX_DBM && tx <= RadioPlan.MOST_TX_DBM)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--tx is " + Written.number(RadioPlan.LEAST_TX_DBM) + " to "
                            + Written.number(RadioPlan.MOST_TX_DBM) + " dBm, as tx of a scenario, not "
                            + Written.number(tx));
        }
        MeasuredLinks table;
        RadioFit fit;
        try {
            table = MeasuredLinks.read(links, nodes.orElse(null), where);
            if (predict.isPresent() && table.places().size() > LinkPrediction.MAX_NODES) {
                throw new ImportException("--predict takes " + LinkPrediction.MAX_NODES + " nodes and not "
                        + table.places().size());
            }
            fit = new RadioFit(table, tx);
        } catch (ImportException e) {
            throw new Failure(ExitCode.USAGE, "these links cannot be fitted\n" + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (jsonOnly) {
            out.println(fit.json());
        } else {
            fit.lines().forEach(out::println);
        }
        out.flush();
        if (json.isPresent() && !jsonOnly) {
            OutputFiles.write(Path.of(json.get()), fit.json() + "\n");
        }
        if (!fit.isUsable() && !table.unmatched().isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED, "nothing of these links can be fitted\n" + String.join("\n", table.unmatched()));
        }
        PrintWriter err = spec.commandLine().getErr();
        table.unmatched().forEach(each -> err.println("warning: " + each));
        err.flush();
        if (predict.isPresent()) {
            LinkFit its = fit.fit()
                    .orElseThrow(() -> new Failure(
                            ExitCode.FAILED,
                            "nothing to predict with: " + NodeOffsetFit.LEAST_NODES + " to " + NodeOffsetFit.MAX_NODES
                                    + " nodes with a place and two links for each are needed"));
            List<String> csv =
                    new LinkPrediction(table, its, fit.delivery(), fit.loss().asymmetryDb()).csv();
            OutputFiles.write(predict.get(), String.join("\n", csv) + "\n");
        }
        return (fit.isUsable() ? ExitCode.OK : ExitCode.FAILED).number();
    }
}
