package io.thicket.sim.run;

import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How what comes of a scenario depends on its radio: for people a line for each, for machines the whole summaries. */
public final class RadioTable {
    private static final String ROW = "%-14s %9s %9s %10s %10s %7s %9s %9s %7s  %s";

    private RadioTable() {}

    /** {@code summaries} by the name of the radio, in the order of the table. */
    public static List<String> lines(Scenario scenario, Map<String, RunSummary> summaries) {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.name() + ": " + Plural.of(scenario.nodes().count(), "node") + ", "
                + Plural.of(scenario.nodes().gateways().size(), "gateway") + ", seed 0x"
                + Long.toHexString(scenario.seed())
                + "; the same places, traffic and faults under " + Plural.of(summaries.size(), "radio")
                + ", each with a reach of "
                + Numbers.text(StrictMath.rint(scenario.radio().reachM())) + " m");
        lines.add(ROW.formatted(
                "radio",
                "delivered",
                "possible",
                "p50 ms",
                "p95 ms",
                "hops",
                "control",
                "airtime",
                "loops",
                "checks that failed"));
        summaries.forEach((name, summary) -> {
            RunFigures f = summary.figures();
            List<String> failed = summary.checks().stream()
                    .filter(check -> !check.holds())
                    .map(CheckResult::name)
                    .toList();
            lines.add(ROW.formatted(
                    name,
                    share(f.pdr()),
                    share(f.pdrBound()),
                    whole(f.latencyMs(50)),
                    whole(f.latencyMs(95)),
                    text(f.hopsMean(), 2),
                    text(f.controlPerNodeMinute(), 2),
                    text(f.airtimeSeconds(), 1),
                    f.loops(),
                    failed.isEmpty() ? "none" : String.join(", ", failed)));
        });
        lines.add("control: frames per node and minute; airtime: seconds of all nodes together");
        return lines;
    }

    /**
     * One JSON object: {@code scenario}, {@code seed}, {@code reachM}, and {@code radios} with {@code radio}, {@code summary}.
     *
     * @param command makes of a radio's name the command that runs the scenario under it again
     */
    public static String json(Scenario scenario, Map<String, RunSummary> summaries, UnaryOperator<String> command) {
        StringBuilder json = new StringBuilder("{\"scenario\":\"" + scenario.name() + "\",\"seed\":\"0x"
                + Long.toHexString(scenario.seed()) + "\",\"reachM\":"
                + Numbers.text(scenario.radio().reachM()) + ",\"radios\":[");
        String comma = "";
        for (Map.Entry<String, RunSummary> entry : summaries.entrySet()) {
            json.append(comma).append("{\"radio\":\"").append(entry.getKey()).append("\",\"summary\":");
            json.append(entry.getValue().json(command.apply(entry.getKey()))).append('}');
            comma = ",";
        }
        return json.append("]}").toString();
    }

    private static String share(double value) {
        return text(value, 4);
    }

    private static String whole(double value) {
        return text(value, 0);
    }

    private static String text(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
