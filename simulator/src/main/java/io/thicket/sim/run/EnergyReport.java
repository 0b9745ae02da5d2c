package io.thicket.sim.run;

import java.util.ArrayList;
import java.util.List;

/** The report's section on batteries. */
final class EnergyReport {
    private static final int WORST = 10;

    /** More deaths than these are counted. */
    private static final int LISTED_DEATHS = 20;

    private EnergyReport() {}

    static void write(HtmlText html, RunSummary summary) {
        EnergyFigures energy = summary.energy();
        html.heading("Energy");
        if (energy.isNone()) {
            html.paragraph("No node of this scenario lives on a battery.");
            return;
        }
        List<String> names = summary.scenario().nodes().names();
        html.paragraph(Numbers.text(energy.joules()) + " J drawn by "
                + Plural.of(energy.nodes().size(), "node") + " on batteries, "
                + Numbers.text(energy.joulesPerDelivered(summary.figures().delivered()))
                + " J for each delivered packet. "
                + Plural.of(energy.deaths(), "battery", "batteries") + " ran dry.");
        List<List<String>> rows = new ArrayList<>();
        for (EnergyFigures.Node node : energy.worst(WORST)) {
            rows.add(List.of(
                    names.get(node.node()),
                    Numbers.text(node.usedJ()),
                    Numbers.text(Math.round(node.charge() * 1e3) / 10.0) + " %",
                    Numbers.text(node.lifetimeDays()),
                    Numbers.text(node.sentS()),
                    Numbers.text(node.heardS()),
                    Long.toString(node.deaths()),
                    Numbers.text(node.firstDeathS())));
        }
        html.table(
                        List.of(
                                "node",
                                " J",
                                " charge",
                                " days",
                                " s sending",
                                " s hearing",
                                " ran dry",
                                " first at s"),
                        rows)
                .paragraph(
                        "Days: how long a full battery lasts by this draw, without the sun. Those that last shortest first.");
        if (!summary.batteryDeaths().isEmpty()) {
            List<List<String>> deaths = new ArrayList<>();
            for (Batteries.Death death :
                    summary.batteryDeaths().stream().limit(LISTED_DEATHS).toList()) {
                deaths.add(List.of(
                        Numbers.text(death.atUs() / 1e6) + " s",
                        names.get(death.node()),
                        HtmlReport.recovery(summary.figures(), death.atUs() / 1_000)));
            }
            html.table(List.of("ran dry at", "node", "recovery"), deaths);
        }
    }
}
