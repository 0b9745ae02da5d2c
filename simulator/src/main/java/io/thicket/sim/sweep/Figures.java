package io.thicket.sim.sweep;

import io.thicket.sim.scenario.file.SweepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The numbers of a summary by dotted name ({@code latencyMs.p95}), and figures of many summaries together. */
final class Figures {
    /** Reasons that did not occur are not in a summary. */
    static final String DROPS = "drops.";

    private Figures() {}

    /** In the order of the summary; what was not measured is not there. */
    static Map<String, Double> of(RunOutcome outcome) {
        Map<String, Double> figures = new LinkedHashMap<>();
        flatten("", outcome.members(), figures);
        return figures;
    }

    private static void flatten(String path, Map<?, ?> members, Map<String, Double> figures) {
        members.forEach((name, value) -> {
            if (value instanceof Double number) {
                figures.put(path + name, number);
            } else if (value instanceof Map<?, ?> inner) {
                flatten(path + name + ".", inner, figures);
            }
        });
    }

    /** One figure of each run that has it; a reason of drops that a run does not name did not occur in it. */
    static List<Double> column(List<Map<String, Double>> runs, String name) {
        List<Double> values = new ArrayList<>();
        for (Map<String, Double> run : runs) {
            @Nullable Double value = run.get(name);
            if (value != null) {
                values.add(value);
            } else if (name.startsWith(DROPS)) {
                values.add(0.0);
            }
        }
        return values;
    }

    /** Whether the interval of {@code runs} is as narrow as the plan wants it; never if it wants nothing. */
    static boolean isPrecise(SweepPlan plan, List<Map<String, Double>> runs) {
        return plan.precision().isPresent()
                && Estimate.ofMean(column(runs, plan.figure()))
                        .isWithin(plan.precision().get());
    }

    /** Every name that one of the runs has: as in a summary, reasons of drops by the alphabet. */
    static List<String> names(List<Map<String, Double>> runs) {
        Set<String> drops = new TreeSet<>();
        Set<String> names = new java.util.LinkedHashSet<>();
        for (Map<String, Double> run : runs) {
            for (String name : run.keySet()) {
                (name.startsWith(DROPS) ? drops : names).add(name);
            }
        }
        names.addAll(drops);
        return List.copyOf(names);
    }

    /** Packets delivered of those offered, over all runs, as if each packet were a trial of its own. */
    static Estimate pooledDelivery(List<Map<String, Double>> runs) {
        double delivered = column(runs, "delivered").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double offered = column(runs, "offered").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return Estimate.ofRatio((long) delivered, (long) offered);
    }
}
