package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.run.RadioTable;
import io.thicket.sim.run.RadioVariants;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code thicket sim run FILE --radio all}: one run for each radio, one after the other, and a table of them. */
final class RadioComparison {
    private final Scenario scenario;
    private final Map<String, RadioVariants.Variant> chosen = new LinkedHashMap<>();
    private final AtomicReference<@Nullable RunProgress> running = new AtomicReference<>();
    private volatile boolean stopped;

    /** {@code names} is {@code all}, or names with commas between them; what is none is a {@link Failure} that lists them. */
    RadioComparison(Scenario scenario, String names) throws Failure {
        this.scenario = scenario;
        if (names.equals("all")) {
            chosen.putAll(RadioVariants.of(scenario));
            return;
        }
        for (String name : names.split(",", -1)) {
            chosen.put(name, variant(scenario, name));
        }
    }

    /** The scenario under the radio of that name; a {@link Failure} lists those that there are. */
    static RadioVariants.Variant variant(Scenario scenario, String name) throws Failure {
        Map<String, RadioVariants.Variant> all = RadioVariants.of(scenario);
        RadioVariants.Variant variant = all.get(name);
        if (variant == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--radio is all, or of this scenario some of " + String.join(",", all.keySet()) + ", not '" + name
                            + "'");
        }
        return variant;
    }

    /**
     * Runs them; {@code progress} hears how far, if there is one. Of a comparison that is stopped those radios are told that are done,
     * and {@code err} hears which are not. {@code command} makes of a radio's name the command that runs that one again.
     */
    int run(
            PrintWriter out,
            PrintWriter err,
            @Nullable PrintWriter progress,
            Optional<String> json,
            UnaryOperator<String> command)
            throws Failure {
        try (CleanStop stop = new CleanStop(this::stop)) {
            Map<String, RunSummary> summaries = runAll(progress);
            if (!stopped) {
                return stop.ended(tell(summaries, out, json, command));
            }
            List<String> left = chosen.keySet().stream()
                    .filter(name -> !summaries.containsKey(name))
                    .toList();
            err.println("stopped: " + String.join(", ", left) + " not done");
            err.flush();
            if (!summaries.isEmpty()) {
                tell(summaries, out, json, command);
            }
            return stop.ended(ExitCode.STOPPED.number());
        }
    }

    private void stop() {
        stopped = true;
        RunProgress its = running.get();
        if (its != null) {
            its.stop();
        }
    }

    private Map<String, RunSummary> runAll(@Nullable PrintWriter err) {
        Map<String, RunSummary> summaries = new LinkedHashMap<>();
        for (RadioVariants.Variant variant : chosen.values()) {
            if (err != null) {
                err.println("radio " + variant.name() + " (" + (summaries.size() + 1) + " of " + chosen.size() + ")");
                err.flush();
            }
            RunProgress progress =
                    new RunProgress(err, variant.scenario().durationMs() * 1_000, Double.POSITIVE_INFINITY);
            running.set(progress);
            RunSummary summary = stopped ? null : run(variant.scenario(), progress);
            if (summary == null || progress.isStopped()) {
                break;
            }
            summaries.put(variant.name(), summary);
        }
        return summaries;
    }

    private int tell(
            Map<String, RunSummary> summaries, PrintWriter out, Optional<String> json, UnaryOperator<String> command)
            throws Failure {
        boolean jsonOnly = json.filter("-"::equals).isPresent();
        String text = RadioTable.json(scenario, summaries, command);
        if (jsonOnly) {
            out.println(text);
        } else {
            RadioTable.lines(scenario, summaries).forEach(out::println);
        }
        out.flush();
        if (json.isPresent() && !jsonOnly) {
            OutputFiles.write(Path.of(json.get()), text + "\n");
        }
        boolean holds = summaries.values().stream().allMatch(RunSummary::holds);
        return (holds ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static RunSummary run(Scenario its, RunProgress progress) {
        ScenarioRun run = new ScenarioRun(its);
        RunMeter meter = new RunMeter();
        run.run(progress);
        progress.end();
        return meter.summary(its, run);
    }
}
