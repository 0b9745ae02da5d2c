package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import java.util.ArrayList;
import java.util.List;

/** Clocks that run fast or slow, and times of day that jump. Everything in ms. */
final class ClockFaults {
    private final List<List<FaultPlan>> drifts = new ArrayList<>();
    private final List<List<FaultPlan>> jumps = new ArrayList<>();

    ClockFaults(List<FaultPlan> all, int nodes) {
        for (int i = 0; i < nodes; i++) {
            drifts.add(new ArrayList<>());
            jumps.add(new ArrayList<>());
        }
        for (FaultPlan fault : all) {
            if (fault.kind() == FaultPlan.Kind.CLOCK_DRIFT) {
                fault.nodes().forEach(node -> drifts.get(node).add(fault));
            } else if (fault.kind() == FaultPlan.Kind.CLOCK_JUMP) {
                fault.nodes().forEach(node -> jumps.get(node).add(fault));
            }
        }
    }

    boolean drifts(int node) {
        return !drifts.get(node).isEmpty();
    }

    /** How far the node's oscillator is ahead of the simulation; what it gained stays when a drift ends. */
    long aheadMs(int node, long simulatedMs) {
        double ahead = 0;
        for (FaultPlan drift : drifts.get(node)) {
            long lastedMs = Math.min(simulatedMs, drift.untilMs()) - drift.atMs();
            ahead += Math.max(0, lastedMs) * drift.loss() / 1e6;
        }
        return (long) StrictMath.floor(ahead);
    }

    /** How wrong the node's time of day is. */
    long wallOffsetMs(int node, long simulatedMs) {
        long offsetMs = aheadMs(node, simulatedMs);
        for (FaultPlan jump : jumps.get(node)) {
            offsetMs += simulatedMs >= jump.atMs() && simulatedMs < jump.untilMs() ? jump.downMs() : 0;
        }
        return offsetMs;
    }
}
