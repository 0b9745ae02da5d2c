package io.thicket.sim.run;

import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.CheckPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Holds what came of a run against what a scenario wants. */
final class Checks {
    /** The number of violations of a run whose invariants were not judged. */
    static final int NOT_JUDGED = -1;

    private Checks() {}

    /** In the order of the file; that no invariant broke comes first where they were judged. */
    static List<CheckResult> judge(
            List<CheckPlan> plans, RunFigures figures, EnergyFigures energy, List<Long> faultTimesUs, int violations) {
        List<CheckResult> results = new ArrayList<>();
        if (violations != NOT_JUDGED) {
            results.add(new CheckResult("invariant violations", violations, false, 0));
        }
        for (CheckPlan plan : plans) {
            switch (plan.kind()) {
                case DELIVERY -> results.add(delivery(plan, figures));
                case LATENCY ->
                    results.add(new CheckResult(
                            "latency, p" + Numbers.text(plan.percentile()) + " in ms",
                            figures.latencyMs(plan.percentile()),
                            false,
                            plan.limit()));
                case LOOPS -> results.add(new CheckResult("loops", (double) figures.loops(), false, plan.limit()));
                case DUPLICATES ->
                    results.add(new CheckResult("duplicates", (double) figures.duplicates(), false, plan.limit()));
                case SILENT_LOSSES ->
                    results.add(new CheckResult(
                            "silent losses",
                            figures.silentLosses() == RunFigures.NONE ? Double.NaN : figures.silentLosses(),
                            false,
                            plan.limit()));
                case CONTROL ->
                    results.add(new CheckResult(
                            "control frames per node and minute", figures.controlPerNodeMinute(), false, plan.limit()));
                case COST ->
                    results.add(new CheckResult(
                            "frames per delivered packet",
                            (double) figures.frames() / figures.delivered(),
                            false,
                            plan.limit()));
                case BATTERY_DEATHS ->
                    results.add(new CheckResult(
                            "batteries that ran dry", measured(energy, (double) energy.deaths()), false, plan.limit()));
                case BATTERY ->
                    results.add(new CheckResult(
                            "charge of the emptiest battery",
                            measured(energy, energy.leastCharge()),
                            true,
                            plan.limit()));
                case LIFETIME ->
                    results.add(new CheckResult(
                            "shortest lifetime of a full battery in days",
                            measured(energy, energy.leastLifetimeDays()),
                            true,
                            plan.limit()));
                case RECOVERY -> recovery(plan, figures, faultTimesUs, results);
            }
        }
        return results;
    }

    /** Without a battery there is nothing to measure. */
    private static double measured(EnergyFigures energy, double value) {
        return energy.isNone() ? Double.NaN : value;
    }

    private static CheckResult delivery(CheckPlan plan, RunFigures figures) {
        boolean anyTime = plan.withinMs() == CheckPlan.ANY_TIME;
        long good = anyTime ? figures.delivered() : figures.deliveredWithin(plan.withinMs());
        long all = plan.ofPossible() ? figures.possible() : figures.offered();
        String name = "delivery" + (anyTime ? "" : " within " + plan.withinMs() + " ms")
                + (plan.ofPossible() ? CheckResult.OF_POSSIBLE : "");
        return new CheckResult(name, all == 0 ? Double.NaN : (double) good / all, true, plan.limit());
    }

    /** One for each fault, or one that does not hold if there was none: a check that vanishes would be taken for one that held. */
    private static void recovery(
            CheckPlan plan, RunFigures figures, List<Long> faultTimesUs, List<CheckResult> results) {
        String percentile = ", p" + Numbers.text(plan.percentile()) + " in ms";
        if (faultTimesUs.isEmpty()) {
            results.add(new CheckResult("recovery" + percentile, Double.NaN, false, plan.limit()));
        }
        for (long atUs : judged(figures, faultTimesUs)) {
            String name = "recovery after " + seconds(atUs) + " s" + percentile;
            double ms = RunFigures.percentile(times(figures.recoveryAfter(atUs)), plan.percentile());
            results.add(new CheckResult(name, ms, false, plan.limit()));
        }
    }

    /** To the last digit: by their names these checks are told apart. */
    private static String seconds(long us) {
        return BigDecimal.valueOf(us, 6).stripTrailingZeros().toPlainString();
    }

    /** Whether a fault that is drawn comes after the last packet is luck: nobody asks for its recovery if another one was measured. */
    private static List<Long> judged(RunFigures figures, List<Long> faultTimesUs) {
        boolean some = faultTimesUs.stream()
                .anyMatch(atUs -> figures.recoveryAfter(atUs).sources() > 0);
        return some ? faultTimesUs.stream().filter(figures::hasPacketsAfter).toList() : faultTimesUs;
    }

    private static List<Double> times(RunFigures.Recovery recovery) {
        List<Double> times = new ArrayList<>(recovery.latenciesMs());
        // What never arrives takes for ever.
        for (int i = recovery.delivered(); i < recovery.sources(); i++) {
            times.add(Double.POSITIVE_INFINITY);
        }
        return times;
    }
}
