package io.thicket.sim.run;

import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.config.Units;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.TrafficPlan;
import java.time.Duration;

/** How often the sensor of each planned node is read: as often as the scenario had it send, so that what is deployed is what was tried. */
final class SensorIntervals {
    private static final Duration USUAL = Duration.ofMinutes(1);

    private final int[] plans;
    private final long[] periodicMs;

    SensorIntervals(Scenario scenario) {
        plans = new int[scenario.nodes().count()];
        periodicMs = new long[plans.length];
        for (TrafficPlan plan : scenario.traffic()) {
            for (int node : plan.senders()) {
                plans[node]++;
                periodicMs[node] = plan.kind() == TrafficPlan.Kind.PERIODIC ? plan.intervalMs() : 0;
            }
        }
    }

    /** The value of {@code interval}, with a comment if it is none of the scenario's. */
    String toml(int node) {
        Duration planned = Duration.ofMillis(periodicMs[node]);
        if (plans[node] == 1
                && planned.compareTo(SensorConfig.LEAST_INTERVAL) >= 0
                && planned.compareTo(SensorConfig.MOST_INTERVAL) <= 0) {
            return '"' + Units.text(planned) + '"';
        }
        return '"' + Units.text(USUAL)
                + "\" # a default to be changed: the scenario's traffic has no single interval for this node that a sensor can have";
    }
}
