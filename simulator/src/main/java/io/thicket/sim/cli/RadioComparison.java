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
import org.jspecify.annotations.Nullable;

/** {@code thicket sim run FILE --radio all}: one run for each radio, one after the other, and a table of them. */
final class RadioComparison {
    private final Scenario scenario;
    private final Map<String, RadioVariants.Variant> chosen = new LinkedHashMap<>();

    /** {@code names} is {@code all}, or names with commas between them; what is none is a {@link Failure} that lists them. */
    RadioComparison(Scenario scenario, String names) throws Failure {
        this.scenario = scenario;
        Map<String, RadioVariants.Variant> all = RadioVariants.of(scenario);
        List<String> wanted = names.equals("all") ? List.copyOf(all.keySet()) : List.of(names.split(",", -1));
        for (String name : wanted) {
            RadioVariants.Variant variant = all.get(name);
            if (variant == null) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--radio is all, or of this scenario some of " + String.join(",", all.keySet()) + ", not '"
                                + name + "'");
            }
            chosen.put(name, variant);
        }
    }

    /** Runs them; {@code err} hears how far, if there is one. */
    int run(PrintWriter out, @Nullable PrintWriter err, Optional<String> json) throws Failure {
        Map<String, RunSummary> summaries = new LinkedHashMap<>();
        for (RadioVariants.Variant variant : chosen.values()) {
            if (err != null) {
                err.println("radio " + variant.name() + " (" + (summaries.size() + 1) + " of " + chosen.size() + ")");
                err.flush();
            }
            summaries.put(variant.name(), run(variant.scenario(), err));
        }
        boolean jsonOnly = json.filter("-"::equals).isPresent();
        String text = RadioTable.json(scenario, summaries);
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

    private static RunSummary run(Scenario its, @Nullable PrintWriter err) {
        ScenarioRun run = new ScenarioRun(its);
        RunMeter meter = new RunMeter();
        RunProgress progress = new RunProgress(err, its.durationMs() * 1_000, Double.POSITIVE_INFINITY);
        run.run(progress);
        progress.end();
        return meter.summary(its, run);
    }
}
