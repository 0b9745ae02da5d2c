package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.config.Units;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.Goal;
import io.thicket.sim.lab.Insider;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.lab.LabFigures;
import io.thicket.sim.lab.LabReport;
import io.thicket.sim.lab.LabScenario;
import io.thicket.sim.lab.LabScenarios;
import io.thicket.sim.lab.LabText;
import io.thicket.sim.lab.Protocols;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Traffic;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket lab}: many routers over a simulated 802.11 channel, Thicket's or a reference protocol's, and the figures. */
@Command(
        name = "lab",
        description = {
            "Simulate many nodes on an 802.11b channel in virtual time, and print what it cost to deliver what.",
            "",
            "SCENARIO is grid (readings to the corner of a square), uniform (readings from random places to 1 to 5 gateways),"
                    + " cmu (50 moving nodes, packets between them), idle (no traffic), coldstart (all powered within a second)"
                    + " or figure NAME: one of the figures of the specification with its goals; exit code 1 if one is missed.",
            "",
            "The same seed gives the same run, bit for bit."
        })
final class LabCommand implements Callable<Integer> {
    private static final LabFigures FIGURES = new LabFigures();

    /** Far beyond any radio's reach. */
    private static final double MAX_SPACING_M = 10_000;

    private static final double MAX_DEGREE = 1_000;

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "grid, uniform, cmu, idle, coldstart, or figure.")
    private String scenario = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "With figure: which, or all or list.")
    private @Nullable String figure;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default: 100; cmu has 50).")
    private int nodes = 100;

    @Option(
            names = "--spacing",
            paramLabel = "M",
            description = "Of a grid, in metres (default: 200, 4 neighbours; with 150: 8).")
    private double spacing = 200;

    @Option(
            names = "--degree",
            paramLabel = "N",
            description = "Mean number of neighbours of uniform and idle (default: 10).")
    private double degree = 10;

    @Option(names = "--gateways", paramLabel = "N", description = "Of uniform, 1 to 5 (default: 1).")
    private int gateways = 1;

    @Option(names = "--interval", paramLabel = "TIME", description = "Between two readings of a node (default: 10s).")
    private String interval = "10s";

    @Option(names = "--warm-up", paramLabel = "TIME", description = "Not counted (default: 2min).")
    private String warmUp = "2min";

    @Option(names = "--for", paramLabel = "TIME", description = "How long is simulated in all (default: 10min).")
    private String duration = "10min";

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "thicket, thicket-mac, thicket-agent, aodv, aodv-30s, aodv-180s, babel or flooding (default: thicket).")
    private String protocol = "thicket";

    @Option(names = "--radio", paramLabel = "NAME", description = "range, cmu or cmu10 (default: range; of cmu: cmu).")
    private @Nullable String radio;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            description = "Of receptions lost on the air, e.g. 20%% (default: 0).")
    private String loss = "0";

    @Option(names = "--datagram-loss", paramLabel = "SHARE", description = "Of frames lost above the MAC (default: 0).")
    private String datagramLoss = "0";

    @Option(names = "--kill", paramLabel = "SHARE", description = "Of the nodes that vanish at --kill-at (default: 0).")
    private String kill = "0";

    @Option(names = "--kill-at", paramLabel = "TIME", description = "When they do (default: 200s).")
    private String killAt = "200s";

    @Option(
            names = "--insider",
            paramLabel = "KIND@NODE",
            description = "A node that misbehaves: grey_hole, black_hole, metric_liar or flooder; may be repeated.")
    private List<String> insiders = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
    private String seed = "1";

    @Option(names = "--json", description = "Print one JSON object per run, and one per goal.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec its = spec;
        if (its == null) {
            throw new AssertionError("picocli sets the specification");
        }
        PrintWriter out = its.commandLine().getOut();
        try {
            if (scenario.equals("figure")) {
                return figures(out);
            }
            LabReport report = new Lab(build(), protocol, Protocols.named(protocol), new Seeds(seed())).run();
            print(out, report);
            return ExitCode.OK.number();
        } catch (IllegalArgumentException e) {
            String said = e.getMessage();
            throw new ParameterException(its.commandLine(), said == null ? "impossible" : said, e);
        }
    }

    private int figures(PrintWriter out) {
        String name = figure == null ? "list" : figure;
        if (name.equals("list")) {
            FIGURES.names().forEach(out::println);
            out.flush();
            return ExitCode.OK.number();
        }
        boolean met = true;
        for (String each : name.equals("all") ? FIGURES.names() : List.of(name)) {
            List<Goal> goals = FIGURES.take(each, protocol, seed(), report -> print(out, report));
            if (!json) {
                out.println(each);
            }
            for (Goal goal : goals) {
                out.println(json ? goal.json() : goal.text());
                met &= goal.isMet();
            }
            out.flush();
        }
        return (met ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private void print(PrintWriter out, LabReport report) {
        if (json) {
            out.println(LabText.json(report));
        } else {
            LabText.lines(report).forEach(out::println);
            out.println();
        }
        out.flush();
    }

    private LabScenario build() {
        check(
                nodes >= 1 && nodes <= LabScenario.MAX_NODES,
                "--nodes is 1 to " + LabScenario.MAX_NODES + ", not " + nodes);
        check(degree > 0 && degree <= MAX_DEGREE, "--degree is more than 0 and at most 1000, not " + degree);
        check(spacing > 0 && spacing <= MAX_SPACING_M, "--spacing is more than 0 and at most 10000 m, not " + spacing);
        check(seconds(interval) > 0, "--interval is more than 0, not " + interval);
        check(
                scenario.equals("coldstart") || seconds(warmUp) < seconds(duration),
                "--for is longer than --warm-up, not " + duration + " with a warm-up of " + warmUp);
        Radio heard = Radio.named(radio == null ? scenario.equals("cmu") ? "cmu" : "range" : radio);
        double warmUpS = seconds(warmUp);
        double durationS = seconds(duration);
        LabScenario plain =
                switch (scenario) {
                    case "grid" ->
                        LabScenarios.grid(nodes, spacing, seconds(interval), heard, warmUpS, durationS, seed());
                    case "uniform" ->
                        LabScenarios.uniform(
                                nodes, degree, gateways, seconds(interval), heard, warmUpS, durationS, seed());
                    case "cmu" -> LabScenarios.cmu(20, 0, heard, 0, warmUpS, durationS, seed());
                    case "idle" -> LabScenarios.idle(nodes, degree, heard, warmUpS, durationS, seed());
                    case "coldstart" -> LabScenarios.coldStart(nodes, heard, durationS, seed());
                    default ->
                        throw new IllegalArgumentException(
                                "a scenario is grid, uniform, cmu, idle, coldstart or figure, not '" + scenario + "'");
                };
        LabScenario lossy = plain.withLoss(share(loss), share(datagramLoss)).withInsiders(insiders(plain));
        double killed = share(kill);
        return killed == 0
                ? lossy
                : lossy.withFailures(
                        Traffic.kill(plain.nodes(), new HashSet<>(plain.gateways()), killed, seconds(killAt), seed()));
    }

    private List<Insider> insiders(LabScenario plain) {
        List<Insider> all = new ArrayList<>();
        for (String text : insiders) {
            int at = text.indexOf('@');
            try {
                int node = Integer.parseInt(text.substring(at + 1));
                Insider.Kind kind =
                        Insider.Kind.valueOf(text.substring(0, Math.max(0, at)).toUpperCase(Locale.ROOT));
                if (node < 0 || node >= plain.nodes()) {
                    throw new IllegalArgumentException("node " + node);
                }
                all.add(new Insider(node, kind));
            } catch (IllegalArgumentException e) {
                String kinds = Arrays.stream(Insider.Kind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
                throw new IllegalArgumentException(
                        "an insider is KIND@NODE with one of " + kinds + " and a node's number, not '" + text + "'", e);
            }
        }
        return all;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private long seed() {
        return Seeds.parse(seed).root();
    }

    private static double seconds(String text) {
        return Units.duration(text).toMillis() / 1_000.0;
    }

    private static double share(String text) {
        double share = -1;
        try {
            share = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // The one message below is for all that is wrong.
        }
        check(share >= 0 && share < 1, "a share is 0 or more and less than 1, such as 0.2 or 20%, not '" + text + "'");
        return share;
    }
}
