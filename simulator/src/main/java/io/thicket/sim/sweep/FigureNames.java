package io.thicket.sim.sweep;

import io.thicket.routing.DropReason;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which figures the runs of a scenario can have. */
public final class FigureNames {
    /** Members without a value that would be no number. */
    private static final Set<String> OTHERS = Set.of("violation", "energy", "traceHash");

    private FigureNames() {}

    /** Those of the summary of a run that has not begun: only the reasons of drops are not in it. */
    public static List<String> of(Scenario scenario) {
        List<String> names = new ArrayList<>();
        ScenarioRun run = new ScenarioRun(scenario);
        add("", RunOutcome.of(RunSummary.of(scenario, run, "", 0, 0, 0).json()).members(), names);
        for (DropReason reason : DropReason.values()) {
            names.add(Figures.DROPS + reason.name());
        }
        return names;
    }

    private static void add(String path, Map<?, ?> members, List<String> names) {
        members.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                add(path + name + ".", inner, names);
            } else if (value instanceof Double || value == null && !OTHERS.contains(String.valueOf(name))) {
                names.add(path + name);
            }
        });
    }
}
