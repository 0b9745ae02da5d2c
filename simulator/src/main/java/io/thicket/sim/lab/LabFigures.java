package io.thicket.sim.lab;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The figures that the routing engine has to show: scenario, runs, and the goals that they are held against. */
public final class LabFigures {
    private static final double HALF_HOUR_S = 120 + 1_800 + LabScenarios.DRAIN_S;

    /** Cost of an event at 1000 and 10000 nodes over that at 100 that passes for flat. */
    private static final double FLAT = 1.25;

    /** No goal of the specification: so that the absolute figure is printed, and something absurd is missed. */
    private static final double MAX_US_PER_EVENT = 100;

    private static final int OVERLOAD_RUNS = 3;

    /** A figure. Its runs are reported one by one as they end; the goals come last. */
    private interface Figure {
        List<Goal> take(Bench bench);
    }

    private final Map<String, Figure> figures = new LinkedHashMap<>();

    public LabFigures() {
        figures.put("convergecast-10", bench -> convergecast(bench, 10, 2, 0.5));
        figures.put("convergecast-60", bench -> convergecast(bench, 60, 11, 2));
        figures.put("kill", LabFigures::kill);
        figures.put("cmu", LabFigures::cmu);
        figures.put("loss20", LabFigures::loss20);
        figures.put("coldstart-1000", LabFigures::coldStart);
        figures.put("discovery", LabFigures::discovery);
        figures.put("failover", LabFigures::failover);
        figures.put("idle", LabFigures::idle);
        figures.put("overload", LabFigures::overload);
        figures.put("flood-500", LabFigures::flood500);
        figures.put("event-cost", LabFigures::eventCost);
        figures.put("insider-hole", bench -> insider(bench, Insider.Kind.BLACK_HOLE));
        figures.put("insider-grey", bench -> insider(bench, Insider.Kind.GREY_HOLE));
        figures.put("insider-liar", bench -> insider(bench, Insider.Kind.METRIC_LIAR));
        figures.put("insider-flood", bench -> insider(bench, Insider.Kind.FLOODER));
    }

    /** The names, in the order of the specification. */
    public Set<String> names() {
        return figures.keySet();
    }

    /** Takes a figure; {@code each} hears of every run. An {@link IllegalArgumentException} if there is none of that name. */
    public List<Goal> take(String name, String protocol, long seed, Consumer<LabReport> each) {
        Figure figure = figures.get(name);
        if (figure == null) {
            throw new IllegalArgumentException(
                    "a figure is one of " + String.join(", ", figures.keySet()) + ", not '" + name + "'");
        }
        return figure.take(new Bench(protocol, seed, each));
    }

    /** Where a figure runs. */
    private record Bench(String protocol, long seed, Consumer<LabReport> each) {
        LabReport run(LabScenario scenario, long its) {
            LabReport report = new Lab(scenario, protocol, Protocols.named(protocol), new Seeds(its)).run();
            each.accept(report);
            return report;
        }
    }

    private static List<Goal> convergecast(Bench bench, double intervalS, int runs, double control) {
        // ns-3's own trace first: the same phases, from power-up on, nothing left out.
        double traceS = intervalS <= 10 ? 150 : 600;
        LabReport trace = bench.run(
                LabScenarios.grid(100, 200, intervalS, Radio.RANGE, 0, traceS + LabScenarios.DRAIN_S - 10, 1), 1);
        long sent = 0;
        long within = 0;
        double worstControl = 0;
        double worstHops = 0;
        double worstFrames = 0;
        for (int i = 0; i < runs; i++) {
            LabReport report = bench.run(
                    LabScenarios.grid(100, 200, intervalS, Radio.RANGE, 120, HALF_HOUR_S, bench.seed + i),
                    bench.seed + i);
            sent += report.sent();
            within += Math.round(report.pdr30s() * report.sent());
            worstControl = Math.max(worstControl, report.controlPerDelivered());
            worstHops = Math.max(worstHops, report.hopsMean() / report.shortestMean());
            double allowed = 3 * report.hopsMean() + report.controlPerDelivered();
            worstFrames = Math.max(worstFrames, report.framesPerDelivered() / allowed);
        }
        return List.of(
                Goal.atMost("readings lost on ns-3's trace", (double) (trace.sent() - trace.delivered()), 0),
                Goal.atLeast("readings in steady state", (double) sent, 30_000),
                Goal.atLeast("lower 95 % bound of delivery within 30 s", Statistics.lowerBound95(within, sent), 0.9999),
                Goal.atMost("control frames per delivered reading", worstControl, control),
                Goal.atMost("mean hops / shortest", worstHops, 1.03),
                Goal.atMost("all frames / (3 x mean hops + control)", worstFrames, 1));
    }

    private static List<Goal> kill(Bench bench) {
        List<Double> worst = new ArrayList<>();
        double lost = 0;
        for (int i = 0; i < 5; i++) {
            long its = bench.seed + i;
            LabScenario scenario = LabScenarios.grid(100, 200, 10, Radio.RANGE, 120, 420, its)
                    .withFailures(Traffic.kill(100, Set.of(0), 0.1, 200, its));
            LabReport report = bench.run(scenario, its);
            lost += report.lostOfLiving();
            worst.add(report.recovery().p95Ms());
        }
        return List.of(
                Goal.atMost("readings lost though source and way live, 5 runs", lost, 0),
                Goal.atMost(
                        "first reading of a survivor, p95 in ms, worst run",
                        worst.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
                        2_000));
    }

    private static List<Goal> cmu(Bench bench) {
        LabReport report = bench.run(LabScenarios.cmu(20, 0, Radio.CMU, 0, 180, 900, bench.seed), bench.seed);
        return List.of(
                Goal.atLeast("delivered within 30 s / bound of 30 s", report.pdr30s() / report.bound30s(), 0.99),
                Goal.atLeast("delivered within 2 s / bound at once", report.pdr2s() / report.boundNow(), 0.95),
                Goal.atMost("control frames per delivered packet", report.controlPerDelivered(), 2.9));
    }

    private static List<Goal> loss20(Bench bench) {
        List<Goal> goals = new ArrayList<>();
        LabReport air = bench.run(
                LabScenarios.grid(100, 200, 10, Radio.RANGE, 120, HALF_HOUR_S, bench.seed)
                        .withLoss(0.2, 0),
                bench.seed);
        goals.add(Goal.atLeast("delivered, 20 % of the receptions on the air lost", air.pdr(), 0.9999));
        LabReport above = bench.run(
                LabScenarios.grid(100, 200, 10, Radio.RANGE, 120, HALF_HOUR_S, bench.seed)
                        .withLoss(0, 0.2),
                bench.seed);
        goals.add(Goal.atLeast("delivered, 20 % of the datagrams lost above the MAC", above.pdr(), 0.9999));
        return goals;
    }

    private static List<Goal> coldStart(Bench bench) {
        LabReport report = bench.run(LabScenarios.coldStart(1_000, Radio.RANGE, 120, bench.seed), bench.seed);
        return List.of(Goal.atLeast(
                "share that delivered within 60 s, of those with a way",
                report.firstDeliveredIn60s() / report.bound30s(),
                0.99));
    }

    private static List<Goal> discovery(Bench bench) {
        LabReport cold = bench.run(LabScenarios.fourHops(Radio.RANGE, 60, false, bench.seed), bench.seed);
        LabReport known = bench.run(LabScenarios.fourHops(Radio.RANGE, 60, true, bench.seed), bench.seed);
        return List.of(
                Goal.atLeast("delivered, cold", cold.pdr(), 0.99),
                Goal.atMost("first packet over 4 hops, cold, p50 in ms", cold.latencyP50Ms(), 400),
                Goal.atLeast("delivered, hops known before", known.pdr(), 0.99),
                Goal.atMost("packet over 4 hops that were known before, p50 in ms", known.latencyP50Ms(), 150));
    }

    private static List<Goal> flood500(Bench bench) {
        LabReport report = bench.run(LabScenarios.floods(500, 12, 100, Radio.RANGE, bench.seed), bench.seed);
        return List.of(
                Goal.atLeast("searches that were flooded", report.floods(), 100),
                Goal.atMost("transmissions of a flood / nodes", report.floodTransmissionsMean() / report.nodes(), 0.35),
                Goal.atLeast("nodes reached / nodes", report.floodReachMean() / (report.nodes() - 1), 0.99));
    }

    private static List<Goal> failover(Bench bench) {
        List<Double> affectedMs = new ArrayList<>();
        double lost = 0;
        for (int i = 0; i < 5; i++) {
            long its = bench.seed + i;
            // 8 neighbours: whoever loses its next hop has an alternate.
            LabScenario scenario = LabScenarios.grid(100, 150, 10, Radio.RANGE, 120, 300, its)
                    .withFailures(Traffic.kill(100, Set.of(0), 0.1, 200, its));
            LabReport report = bench.run(scenario, its);
            affectedMs.addAll(report.recovery().affectedMs());
            lost += report.lostOfLiving();
        }
        return List.of(
                Goal.atMost("readings lost though source and way live, 5 runs", lost, 0),
                Goal.atLeast("nodes whose next hop died, 5 runs", affectedMs.size(), 20),
                Goal.atMost("first reading over a dead next hop, p50 in ms", Statistics.median(affectedMs), 200));
    }

    private static List<Goal> idle(Bench bench) {
        LabReport report = bench.run(LabScenarios.idle(100, 10, Radio.RANGE, 600, 1_800, bench.seed), bench.seed);
        return List.of(Goal.atMost("control frames per node and minute", report.controlPerNodeMinute(), 2.5));
    }

    /**
     * Congestion lowers control traffic and never raises it (2.7). Ten minutes and more are counted, since each node registers once in some
     * twelve: three minutes fall between two of those rounds at light load, and not where they are late.
     */
    private static List<Goal> overload(Bench bench) {
        double worstFull = 0;
        double worstOver = 0;
        double fullShare = 0;
        for (int i = 0; i < OVERLOAD_RUNS; i++) {
            double light = overload(bench, 10, bench.seed + i).controlPerNodeMinute();
            LabReport full = overload(bench, 1, bench.seed + i);
            LabReport over = overload(bench, 0.3, bench.seed + i);
            worstFull = Math.max(worstFull, full.controlPerNodeMinute() / light);
            worstOver = Math.max(worstOver, over.controlPerNodeMinute() / light);
            fullShare = Math.max(fullShare, over.pdr());
        }
        return List.of(
                Goal.atMost("delivered at three times what the medium carries: is it full?", fullShare, 0.6),
                Goal.atMost("control per node and minute, medium full / light load, worst run", worstFull, 1),
                Goal.atMost("control per node and minute, three times that / light load, worst run", worstOver, 1));
    }

    private static LabReport overload(Bench bench, double intervalS, long seed) {
        return bench.run(LabScenarios.grid(100, 200, intervalS, Radio.RANGE, 300, 900, seed), seed);
    }

    /** 10 000 nodes in memory each time; the first run of the smallest size is the compiler's. */
    private static List<Goal> eventCost(Bench bench) {
        EventCost.of(bench.protocol, 10, 100, bench.seed);
        EventCost.Cost small = EventCost.of(bench.protocol, 100, 100, bench.seed);
        EventCost.Cost middle = EventCost.of(bench.protocol, 10, 1_000, bench.seed);
        EventCost.Cost large = EventCost.of(bench.protocol, 1, 10_000, bench.seed);
        List<Goal> goals = new ArrayList<>();
        for (EventCost.Cost cost : List.of(small, middle, large)) {
            String size = cost.networks() + " x " + cost.nodes() + " nodes";
            goals.add(Goal.atLeast("delivered of what had a way, " + size, cost.deliveredShare(), 0.99));
            goals.add(Goal.atLeast("events, " + size, (double) cost.events(), 100_000));
            goals.add(Goal.atMost("us of CPU per event, " + size, cost.usPerEvent(), MAX_US_PER_EVENT));
        }
        goals.add(Goal.atMost("cost, 1000 nodes / 100 nodes", middle.usPerEvent() / small.usPerEvent(), FLAT));
        goals.add(Goal.atMost("cost, 10000 nodes / 100 nodes", large.usPerEvent() / small.usPerEvent(), FLAT));
        return goals;
    }

    private static List<Goal> insider(Bench bench, Insider.Kind kind) {
        LabScenario scenario = LabScenarios.grid(100, 150, 10, Radio.RANGE, 120, 720, bench.seed)
                .withInsiders(List.of(new Insider(22, kind)));
        LabReport report = bench.run(scenario, bench.seed);
        return List.of(
                Goal.atLeast("delivery of the others", report.pdr(), 0.95),
                Goal.atMost(
                        "control frames per minute of the busiest honest node", report.mostControlPerMinute(), 120));
    }
}
