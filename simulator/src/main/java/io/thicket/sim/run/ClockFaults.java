package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import java.util.List;

/** Clocks that run fast or slow, and times of day that jump. Everything in ms. */
final class ClockFaults {
    private final PerNode<FaultPlan> drifts;
    private final PerNode<FaultPlan> jumps;

    ClockFaults(List<FaultPlan> all, int nodes) {
        drifts = new PerNode<>(nodes);
        jumps = new PerNode<>(nodes);
        for (FaultPlan fault : all) {
            if (fault.kind() == FaultPlan.Kind.CLOCK_DRIFT) {
                fault.nodes().forEach(node -> drifts.add(node, fault));
            } else if (fault.kind() == FaultPlan.Kind.CLOCK_JUMP) {
                fault.nodes().forEach(node -> jumps.add(node, fault));
            }
        }
    }

    boolean drifts(int node) {
        return !drifts.of(node).isEmpty();
    }

    /** Whether the node's time of day is never wrong. */
    boolean keepsTimeOfDay(int node) {
        return !drifts(node) && jumps.of(node).isEmpty();
    }

    /** How far the node's oscillator is ahead of the simulation; what it gained stays when a drift ends. */
    long aheadMs(int node, long simulatedMs) {
        double ahead = 0;
        for (FaultPlan drift : drifts.of(node)) {
            long lastedMs = Math.min(simulatedMs, drift.untilMs()) - drift.atMs();
            ahead += Math.max(0, lastedMs) * drift.amount() / 1e6;
        }
        return (long) StrictMath.floor(ahead);
    }

    /** How wrong the node's time of day is. */
    long wallOffsetMs(int node, long simulatedMs) {
        long offsetMs = aheadMs(node, simulatedMs);
        for (FaultPlan jump : jumps.of(node)) {
            offsetMs += simulatedMs >= jump.atMs() && simulatedMs < jump.untilMs() ? jump.downMs() : 0;
        }
        return offsetMs;
    }
}
