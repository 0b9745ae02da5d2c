package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.DropReason;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a run, as one file for a browser: nothing outside it, and no script. */
public final class HtmlReport {
    private static final int WORST_NODES = 10;

    /** Faults of which the recovery is worked out; those of an {@code every} can be many more. */
    private static final int LISTED_FAULTS = 200;

    private static final String STYLE = """
            :root{color-scheme:light dark;--t:#1d2522;--d:#5d6a65;--l:#d5dad7;--g:#2a8a5f;--b:#b3261e;--n:#9aa5a0;--f:#f3d3cf;--p:#fbfaf7}
            @media(prefers-color-scheme:dark){:root{--t:#e6ece9;--d:#a0ada7;--l:#34403b;--g:#4fbf8b;--b:#ff8a80;--n:#65706b;--f:#4a2521;--p:#121715}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--t);background:var(--p);max-width:56rem;margin:1.5rem auto;padding:0 1rem}
            h1{font-size:1.4rem}h2{font-size:1.1rem;border-bottom:1px solid var(--l);margin-top:1.8rem}
            .verdict{font-weight:bold;padding:.4rem .8rem;border-left:6px solid var(--g)}.verdict.no{border-color:var(--b)}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.15rem .8rem .15rem 0;border-bottom:1px solid var(--l)}
            td.n,th.n{text-align:right}.bad,td.bad{color:var(--b)}code{background:var(--l);padding:.1rem .3rem}small,.dim{color:var(--d)}
            small,code,p,h1{overflow-wrap:anywhere}td{overflow-wrap:break-word}td.long{min-width:10rem}
            .wide{overflow-x:auto}th.n,td.n,td span{white-space:nowrap}
            svg{display:block;margin-top:.6rem;width:100%;max-width:36rem;height:auto}svg text{font-size:11px;fill:var(--d)}.axis{stroke:var(--d);fill:none}.line{stroke:var(--g);fill:none;stroke-width:2}
            rect.good{fill:var(--g)}rect.bad{fill:var(--b)}rect.none{fill:var(--n)}rect.fault{fill:var(--f)}
            """;

    private HtmlReport() {}

    /** The whole file; {@code command} runs it again. */
    public static String of(RunSummary summary, String command) {
        Scenario scenario = summary.scenario();
        HtmlText html = new HtmlText();
        String name = HtmlText.escaped(scenario.name());
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width\"><title>" + name + "</title>")
                .raw("<style>" + STYLE + "</style></head><body>")
                .raw("<h1>" + name + "</h1>");
        if (!scenario.description().isEmpty()) {
            html.paragraph(scenario.description());
        }
        verdict(html, summary);
        html.paragraph(Plural.of(scenario.nodes().count(), "node") + ", "
                + Plural.of(scenario.nodes().gateways().size(), "gateway") + ", "
                + Numbers.text(summary.simulatedSeconds()) + " s simulated; counted from "
                + Numbers.text(scenario.warmUpMs() / 1e3) + " s on. Seed 0x" + Long.toHexString(scenario.seed())
                + ", commit " + summary.commit() + ".");
        html.raw("<p>The same run again: <code>" + HtmlText.escaped(command) + "</code><br><small>"
                + (summary.bridge().isPresent()
                        ? "bridged to the outside: such a run does not repeat"
                        : "trace " + summary.figures().traceHash()
                                + (summary.endedEarly()
                                        ? ", ended after " + JsonWriter.text(summary.simulatedSeconds()) + " s"
                                        : ""))
                + "</small><br><small>scenario " + scenario.hash() + "</small>"
                + (scenario.inputsHash().isEmpty()
                        ? ""
                        : "<br><small>files that it reads " + scenario.inputsHash() + "</small>")
                + "</p>");
        checks(html, summary);
        delivery(html, summary);
        FateReport.write(html, summary);
        latency(html, summary.figures());
        ways(html, summary);
        overhead(html, summary);
        drops(html, summary.figures());
        faults(html, summary);
        byHand(html, summary);
        worst(html, summary);
        EnergyReport.write(html, summary);
        return html.raw("</body></html>").toString();
    }

    private static void verdict(HtmlText html, RunSummary summary) {
        long failed = summary.checks().stream().filter(check -> !check.holds()).count();
        if (summary.checks().isEmpty()) {
            html.raw("<p class=\"verdict\">No checks: nothing was asked of this run.</p>");
        } else if (failed == 0) {
            html.raw(
                    "<p class=\"verdict\">Every check held (" + summary.checks().size() + ").</p>");
        } else {
            html.raw("<p class=\"verdict no bad\">" + failed + " of "
                    + Plural.of(summary.checks().size(), "check") + " failed.</p>");
        }
        if (!summary.violation().isEmpty()) {
            html.raw("<p class=\"bad\">An invariant broke, and the run ended there: "
                    + HtmlText.escaped(summary.violation()) + "</p>");
        }
    }

    private static void checks(HtmlText html, RunSummary summary) {
        if (!summary.checks().isEmpty()) {
            html.heading("Checks")
                    .table(
                            List.of("", "check", "measured"),
                            summary.checks().stream()
                                    .map(check ->
                                            List.of(check.holds() ? "held" : "FAILED", check.name(), check.text()))
                                    .toList());
        }
    }

    private static void delivery(HtmlText html, RunSummary summary) {
        RunFigures f = summary.figures();
        html.heading("Delivery")
                .table(
                        List.of("", " packets", " share"),
                        List.of(
                                List.of("made", count(f.offered()), ""),
                                List.of("a way existed in time", count(f.possible()), share(f.possible(), f.offered())),
                                List.of("delivered", count(f.delivered()), share(f.delivered(), f.offered())),
                                List.of("more than once", count(f.duplicates()), share(f.duplicates(), f.offered())),
                                List.of(
                                        "settled, but never at the broker",
                                        f.silentLosses() == RunFigures.NONE ? "" : count(f.silentLosses()),
                                        ""),
                                List.of("sent again by origins", count(f.repeats()), ""),
                                List.of("given up by origins", count(f.givenUp()), "")))
                .raw(ReportCharts.delivery(summary))
                .raw(
                        "<p class=\"dim\">By the time when they were made: arrived (green), not arrived (red), no way in time"
                                + " (grey). Faults are behind them.</p>");
    }

    private static void latency(HtmlText html, RunFigures f) {
        List<List<String>> rows = new ArrayList<>();
        for (int percent : new int[] {50, 90, 95, 99, 100}) {
            rows.add(List.of(percent == 100 ? "longest" : "p" + percent, Numbers.text(f.latencyMs(percent))));
        }
        html.heading("Latency").table(List.of("", " ms"), rows);
        if (!f.latenciesMs().isEmpty()) {
            html.raw(ReportCharts.latency(f.latenciesMs()));
        }
    }

    private static void ways(HtmlText html, RunSummary summary) {
        Map<Integer, long[]> byShortest = new TreeMap<>();
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            if (packet.isDelivered() && packet.shortest() >= 0) {
                long[] sums = byShortest.computeIfAbsent(packet.shortest(), unused -> new long[3]);
                sums[0]++;
                sums[1] += packet.hops();
                sums[2] = Math.max(sums[2], packet.hops());
            }
        }
        List<List<String>> rows = new ArrayList<>();
        byShortest.forEach((shortest, sums) -> rows.add(List.of(
                Integer.toString(shortest), count(sums[0]), Numbers.text((double) sums[1] / sums[0]), count(sums[2]))));
        RunFigures f = summary.figures();
        html.heading("Hops against the shortest ways")
                .paragraph("Mean " + Numbers.text(f.hopsMean()) + ", shortest ways " + Numbers.text(f.shortestMean())
                        + "; the shortest way is that of the moment when a packet was made.")
                .table(List.of(" shortest", " packets", " mean hops", " most"), rows);
    }

    private static void overhead(HtmlText html, RunSummary summary) {
        RunFigures f = summary.figures();
        double counted =
                Math.max(1e-9, summary.simulatedSeconds() - summary.scenario().warmUpMs() / 1e3);
        html.heading("Overhead and airtime")
                .table(
                        List.of("", " frames", " bytes"),
                        List.of(
                                List.of("data", count(f.dataFrames()), count(f.dataBytes())),
                                List.of("acknowledgements of hops and messages", count(f.ackFrames()), ""),
                                List.of("control", count(f.controlFrames()), count(f.controlBytes())),
                                List.of("all", count(f.frames()), "")))
                .paragraph(Numbers.text((double) f.frames() / f.delivered()) + " frames for each delivered packet; "
                        + Numbers.text(f.controlPerNodeMinute()) + " control frames per node and minute; "
                        + Numbers.text(f.airtimeSeconds()) + " s on the air, "
                        + Numbers.text(f.airtimeSeconds() / counted * 100)
                        + " % of the time if all were on one channel within reach of each other. Loops: " + f.loops()
                        + ".");
    }

    private static void drops(HtmlText html, RunFigures f) {
        html.heading("Drops");
        if (f.drops().isEmpty()) {
            html.paragraph("No router gave a message up. What did not arrive is told under Delivery.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<DropReason, Long> drop : f.drops().entrySet()) {
            rows.add(List.of(drop.getKey().name(), count(drop.getValue())));
        }
        html.table(List.of("reason", " messages"), rows)
                .paragraph(
                        "Messages that routers gave up. Readings among them stay with their origins, which send them again.");
    }

    /** What somebody did, with its times, as a file of commands has it. */
    private static void byHand(HtmlText html, RunSummary summary) {
        List<String> commands = summary.commands();
        if (commands.isEmpty()) {
            return;
        }
        html.heading("Done by hand");
        if (commands.size() > LISTED_FAULTS) {
            html.paragraph("The first " + LISTED_FAULTS + " of " + commands.size() + ".");
        }
        html.table(
                List.of("command"),
                commands.stream().limit(LISTED_FAULTS).map(List::of).toList());
    }

    private static void faults(HtmlText html, RunSummary summary) {
        Scenario scenario = summary.scenario();
        html.heading("Faults");
        if (scenario.faults().isEmpty()) {
            html.paragraph("None began in the " + Numbers.text(summary.simulatedSeconds())
                    + " s of this run. What a scenario plans for later is not done.");
            return;
        }
        double endMs = summary.simulatedSeconds() * 1e3;
        List<List<String>> rows = new ArrayList<>();
        List<FaultPlan> inOrder = scenario.faults().stream()
                .sorted(Comparator.comparingLong(FaultPlan::atMs))
                .limit(LISTED_FAULTS)
                .toList();
        for (FaultPlan fault : inOrder) {
            boolean always = fault.kind() == FaultPlan.Kind.INSIDER;
            rows.add(List.of(
                    always ? "always" : Numbers.text(fault.atMs() / 1e3) + " s",
                    always
                            ? ""
                            : fault.untilMs() == FaultPlan.NEVER
                                    ? "to the end"
                                    : Numbers.text(fault.untilMs() / 1e3) + " s",
                    FaultText.of(fault, scenario.nodes().names()),
                    always ? "" : !isDone(fault, endMs) ? "not done" : recovery(summary.figures(), fault.atMs()),
                    always || fault.untilMs() > endMs ? "" : recovery(summary.figures(), fault.untilMs())));
        }
        if (scenario.faults().size() > LISTED_FAULTS) {
            html.paragraph(
                    "The first " + LISTED_FAULTS + " of " + scenario.faults().size() + ".");
        }
        html.table(List.of("from", "until", "what", "recovery from its begin", "from its end"), rows);
        if (scenario.faults().stream().anyMatch(fault -> !isDone(fault, endMs))) {
            html.paragraph("What would begin after the " + Numbers.text(summary.simulatedSeconds())
                    + " s of this run was not done.");
        }
        html.paragraph(
                "Recovery: of each source, how long its first packet after that moment took for which there was a way"
                        + " in time; half of them, and 95 %. A source that went down before that packet had arrived"
                        + " is left out.");
    }

    private static boolean isDone(FaultPlan fault, double endMs) {
        return fault.kind() == FaultPlan.Kind.INSIDER || fault.atMs() < endMs;
    }

    static String recovery(RunFigures figures, long atMs) {
        RunFigures.Recovery recovery = figures.recoveryAfter(atMs * 1_000);
        if (recovery.sources() == 0) {
            return "nothing measured";
        }
        List<Double> times = new ArrayList<>(recovery.latenciesMs());
        for (int i = recovery.delivered(); i < recovery.sources(); i++) {
            times.add(Double.POSITIVE_INFINITY);
        }
        return text(RunFigures.percentile(times, 50)) + ", " + text(RunFigures.percentile(times, 95));
    }

    private static String text(double ms) {
        return Double.isFinite(ms) ? ReportCharts.span(ms) : "never";
    }

    private static void worst(HtmlText html, RunSummary summary) {
        Map<Integer, List<RunFigures.PacketRecord>> bySource = new TreeMap<>();
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            bySource.computeIfAbsent(packet.from(), unused -> new ArrayList<>()).add(packet);
        }
        List<NodeFigures> nodes = new ArrayList<>();
        bySource.forEach((node, packets) -> nodes.add(NodeFigures.of(node, packets)));
        nodes.sort(Comparator.comparingDouble(NodeFigures::pdr)
                .thenComparing(Comparator.comparingDouble(NodeFigures::p95Ms).reversed())
                .thenComparingInt(NodeFigures::node));
        List<List<String>> rows = new ArrayList<>();
        for (NodeFigures node : nodes.subList(0, Math.min(WORST_NODES, nodes.size()))) {
            rows.add(List.of(
                    summary.scenario().nodes().names().get(node.node()),
                    count(node.offered()),
                    count(node.possible()),
                    count(node.delivered()),
                    share(node.delivered(), node.offered()),
                    Numbers.text(node.p95Ms()),
                    Numbers.text(node.hopsMean())));
        }
        html.heading("Worst nodes")
                .table(List.of("node", " made", " possible", " delivered", " share", " p95 ms", " mean hops"), rows)
                .paragraph("Sources by the share that arrived, then by latency.");
    }

    /** What came of one source's packets. */
    private record NodeFigures(int node, int offered, int possible, int delivered, double p95Ms, double hopsMean) {
        static NodeFigures of(int node, List<RunFigures.PacketRecord> packets) {
            List<RunFigures.PacketRecord> arrived = packets.stream()
                    .filter(RunFigures.PacketRecord::isDelivered)
                    .toList();
            List<Double> latencies = arrived.stream()
                    .map(RunFigures.PacketRecord::latencyMs)
                    .sorted()
                    .toList();
            return new NodeFigures(
                    node,
                    packets.size(),
                    (int) packets.stream()
                            .filter(RunFigures.PacketRecord::possible)
                            .count(),
                    arrived.size(),
                    RunFigures.percentile(latencies, 95),
                    arrived.stream()
                            .mapToInt(RunFigures.PacketRecord::hops)
                            .average()
                            .orElse(Double.NaN));
        }

        double pdr() {
            return (double) delivered / offered;
        }
    }

    private static String count(long value) {
        return Long.toString(value);
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : Numbers.text(100.0 * part / whole) + " %";
    }
}
