package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Faults between two nodes that stand still and have no link: they change nothing, and whoever looks at what came of them has to know. */
public final class IdleFaults {
    private IdleFaults() {}

    /** A sentence for each. */
    public static List<String> of(Scenario scenario) {
        List<FaultPlan> ofLinks =
                scenario.faults().stream().filter(IdleFaults::isOfLink).toList();
        if (ofLinks.isEmpty() || !scenario.nodes().positions().isStatic()) {
            return List.of();
        }
        PlannedWorld world = new PlannedWorld(scenario);
        List<String> idle = new ArrayList<>();
        for (FaultPlan fault : ofLinks) {
            int one = fault.nodes().get(0);
            int other = fault.nodes().get(1);
            boolean anyBack = !fault.oneWay() && world.delivery(other, one) > 0;
            if (world.delivery(one, other) == 0 && !anyBack) {
                String where = fault.oneWay() ? "this way there is no link" : "between these there is no link";
                idle.add(ScenarioText.fault(fault, scenario.nodes()) + ": " + where);
            }
        }
        return idle.stream().distinct().toList();
    }

    private static boolean isOfLink(FaultPlan fault) {
        return fault.isOfLinks() && fault.nodes().size() == 2;
    }
}
