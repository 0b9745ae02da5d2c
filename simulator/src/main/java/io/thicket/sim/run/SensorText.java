package io.thicket.sim.run;

import io.thicket.agent.config.Units;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.SensorPlan;
import java.time.Duration;

/** Sensors in words. */
final class SensorText {
    private SensorText() {}

    static String of(SensorPlan plan, NodePlan nodes) {
        String source =
                switch (plan.source()) {
                    case CONSTANT -> "always " + Numbers.text(plan.value());
                    case SINE ->
                        Numbers.text(plan.value()) + " and " + Numbers.text(plan.amplitude())
                                + " more at the top, each " + time(plan.periodMs()) + ", at " + time(plan.peakMs());
                    case RANDOM_WALK ->
                        "a walk from " + Numbers.text(plan.value()) + " by " + Numbers.text(plan.step()) + " each "
                                + time(plan.everyMs());
                    case CSV -> "a table of " + plan.table().size() + " rows";
                };
        return plan.name() + (plan.unit().isEmpty() ? "" : " in " + plan.unit()) + ": " + source
                + (plan.noise() > 0 ? ", noise " + Numbers.text(plan.noise()) : "") + ": "
                + FaultText.who(plan.nodes(), nodes.names());
    }

    private static String time(long ms) {
        return Units.text(Duration.ofMillis(ms));
    }
}
