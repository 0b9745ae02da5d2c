package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.DropReason;
import io.thicket.sim.bridge.Bridge;
import io.thicket.sim.bridge.BridgeFigures;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public summary of a run (docs/scenario.md).
 *
 * @param commit of the code that ran
 * @param violation the broken invariant, empty if all held
 * @param judged whether invariants were judged at all
 * @param peakRssBytes the most memory that the process had, 0 if the system does not tell
 * @param bridge what a bridged run was like, empty of any other
 * @param marks the trace's hash now and then on the way
 * @param commands what was done by hand, each as a line of a file of commands
 */
public record RunSummary(
        Scenario scenario,
        String commit,
        RunFigures figures,
        EnergyFigures energy,
        List<Batteries.Death> batteryDeaths,
        List<CheckResult> checks,
        String violation,
        boolean judged,
        double simulatedSeconds,
        double wallSeconds,
        double cpuSeconds,
        long peakRssBytes,
        Optional<BridgeFigures> bridge,
        List<TraceMark> marks,
        List<String> commands) {
    public RunSummary {
        commands = List.copyOf(commands);
        checks = List.copyOf(checks);
        marks = List.copyOf(marks);
        batteryDeaths = List.copyOf(batteryDeaths);
    }

    /** What came of {@code run}, with its checks. */
    public static RunSummary of(
            Scenario scenario,
            ScenarioRun run,
            String commit,
            double wallSeconds,
            double cpuSeconds,
            long peakRssBytes) {
        RunFigures figures = run.figures();
        EnergyFigures energy = run.energy();
        int violations = !run.isJudged() ? Checks.NOT_JUDGED : run.violation().isEmpty() ? 0 : 1;
        return new RunSummary(
                scenario,
                commit,
                figures,
                energy,
                run.batteryDeaths(),
                Checks.judge(scenario.checks(), figures, energy, run.faultTimesUs(), violations),
                run.violation(),
                run.isJudged(),
                run.simulatedSeconds(),
                wallSeconds,
                cpuSeconds,
                peakRssBytes,
                run.bridge().map(Bridge::figures),
                run.marks(),
                run.acted());
    }

    /** Whether every check holds. */
    public boolean holds() {
        return checks.stream().allMatch(CheckResult::holds);
    }

    /** Whether it was stopped, or an invariant broke, before the end of its scenario. */
    boolean endedEarly() {
        return simulatedSeconds < scenario.durationMs() / 1e3;
    }

    /** One JSON object. */
    public String json() {
        return json("");
    }

    /** The same with the command that runs it again, empty if there is none. */
    public String json(String command) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("scenario").value(scenario.name());
        json.name("seed").value("0x" + Long.toHexString(scenario.seed()));
        json.name("scenarioHash").value(scenario.hash());
        if (!scenario.inputsHash().isEmpty()) {
            json.name("inputsHash").value(scenario.inputsHash());
        }
        json.name("commit").value(commit);
        if (!command.isEmpty()) {
            json.name("command").value(command);
        }
        json.name("nodes").value(scenario.nodes().count());
        json.name("gateways").value(scenario.nodes().gateways().size());
        json.name("simulatedSeconds").value(simulatedSeconds); // to the us: a replay ends there
        number(json, "wallSeconds", wallSeconds);
        number(json, "cpuSeconds", cpuSeconds);
        json.name("events").value(figures.events());
        json.name("offered").value(figures.offered());
        json.name("delivered").value(figures.delivered());
        number(json, "pdr", figures.pdr());
        number(json, "pdrBound", figures.pdrBound());
        json.name("latencyMs").beginObject();
        number(json, "p50", figures.latencyMs(50));
        number(json, "p95", figures.latencyMs(95));
        number(json, "p99", figures.latencyMs(99));
        number(json, "max", figures.latencyMs(100));
        json.endObject();
        json.name("hops").beginObject();
        number(json, "mean", figures.hopsMean());
        count(json, "max", figures.hopsMax());
        number(json, "shortestMean", figures.shortestMean());
        json.endObject();
        json.name("controlFrames").value(figures.controlFrames());
        json.name("controlBytes").value(figures.controlBytes());
        json.name("dataFrames").value(figures.dataFrames());
        json.name("dataBytes").value(figures.dataBytes());
        json.name("ackFrames").value(figures.ackFrames());
        json.name("frames").value(figures.frames());
        number(json, "airtimeSeconds", figures.airtimeSeconds());
        number(json, "controlFramesPerNodePerMinute", figures.controlPerNodeMinute());
        json.name("drops").beginObject();
        for (Map.Entry<DropReason, Long> drop : figures.drops().entrySet()) {
            json.name(drop.getKey().name()).value(drop.getValue());
        }
        json.endObject();
        json.name("originRepeats").value(figures.repeats());
        json.name("originGivenUp").value(figures.givenUp());
        json.name("loops").value(figures.loops());
        json.name("duplicates").value(figures.duplicates());
        count(json, "silentLosses", figures.silentLosses());
        json.name("invariantViolations");
        if (judged) {
            json.value(violation.isEmpty() ? 0 : 1);
        } else {
            json.nullValue();
        }
        json.name("violation").value(violation.isEmpty() ? null : violation);
        energy.write(json, figures.delivered());
        json.name("peakRssBytes").value(peakRssBytes);
        bridge.ifPresent(its -> its.write(json));
        // A bridged run does not follow from its seed: two of them have nothing in common that a hash could show.
        json.name("traceHash").value(bridge.isPresent() ? null : figures.traceHash());
        json.name("traceMarks").beginArray();
        if (bridge.isEmpty()) {
            marks.forEach(mark -> mark.write(json));
        }
        json.endArray();
        json.name("checks").beginArray();
        checks.forEach(check -> check.write(json));
        json.endArray();
        if (!commands.isEmpty()) {
            json.name("commands").beginArray();
            commands.forEach(json::value);
            json.endArray();
        }
        return json.endObject().toString();
    }

    private static void count(JsonWriter json, String name, long value) {
        json.name(name);
        if (value == RunFigures.NONE) {
            json.nullValue();
        } else {
            json.value(value);
        }
    }

    private static void number(JsonWriter json, String name, double value) {
        json.name(name);
        Numbers.write(json, value);
    }

    /** Why no packet is counted, and what helps. */
    private String whyNothing() {
        String warmUp = "the warm-up (" + scenario.warmUpMs() / 1e3 + " s)";
        if (scenario.traffic().stream().allMatch(its -> its.packets().isEmpty()) && bridge.isEmpty()) {
            return "no node sends anything";
        }
        if (simulatedSeconds * 1e3 <= scenario.warmUpMs()) {
            return "the run ended in " + warmUp
                    + "; let it run longer, or count from the start with --set scenario.warm_up=0s";
        }
        return "no packet was made after " + warmUp + " and early enough before the end; let it run longer";
    }

    /** The summary for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        RunFigures f = figures;
        lines.add(scenario.name() + ": " + Plural.of(scenario.nodes().count(), "node") + ", "
                + Plural.of(scenario.nodes().gateways().size(), "gateway") + ", seed 0x"
                + Long.toHexString(scenario.seed()) + ", "
                + Numbers.text(simulatedSeconds) + " s simulated");
        lines.add("delivered  " + f.delivered() + " of " + f.offered() + " = " + Numbers.text(f.pdr()) + "   possible "
                + Numbers.text(f.pdrBound()) + "   duplicates " + f.duplicates()
                + (f.silentLosses() > 0 ? "   silent losses " + f.silentLosses() : ""));
        if (f.offered() == 0) {
            lines.add("           nothing is counted: " + whyNothing());
        }
        lines.add("latency    p50 " + Numbers.text(f.latencyMs(50)) + " ms   p95 " + Numbers.text(f.latencyMs(95))
                + "   p99 " + Numbers.text(f.latencyMs(99)) + "   max " + Numbers.text(f.latencyMs(100)));
        lines.add("hops       " + Numbers.text(f.hopsMean()) + " mean, "
                + (f.hopsMax() == RunFigures.NONE ? "-" : f.hopsMax()) + " at most; shortest ways "
                + Numbers.text(f.shortestMean()) + "   loops " + f.loops());
        lines.add("frames     " + f.frames() + ": " + f.dataFrames() + " data, " + f.ackFrames()
                + " acknowledgements, " + f.controlFrames() + " control = " + Numbers.text(f.controlPerNodeMinute())
                + " per node and minute   airtime " + Numbers.text(f.airtimeSeconds()) + " s");
        lines.add("drops      " + f.drops() + "   origins sent again " + f.repeats() + ", gave up " + f.givenUp());
        if (!energy.isNone()) {
            lines.add("energy     " + Numbers.text(energy.joules()) + " J of "
                    + energy.nodes().size()
                    + " batteries, " + Numbers.text(energy.joulesPerDelivered(f.delivered()))
                    + " J per delivered packet; a full one lasts "
                    + Numbers.text(energy.leastLifetimeDays()) + " days at least; " + energy.deaths() + " ran dry"
                    + (energy.deaths() == 0 ? "" : ", the first at " + Numbers.text(energy.firstDeathS()) + " s"));
        }
        lines.add("run        " + f.events() + " events in " + Numbers.text(wallSeconds) + " s   "
                + (bridge.isPresent()
                        ? "no hash: a bridged run does not repeat"
                        : "hash " + f.traceHash().substring(0, 16)));
        bridge.ifPresent(its -> lines.add(its.line(simulatedSeconds)));
        if (!violation.isEmpty()) {
            lines.add("BROKEN     " + violation);
        }
        for (CheckResult check : checks) {
            lines.add((check.holds() ? "held       " : "FAILED     ") + check.name() + ": " + check.text());
        }
        return lines;
    }
}
