package io.thicket.sim.fault;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong in a run, and when. */
public record FaultScript(List<Step> steps) {
    /** No faults. */
    public static final FaultScript NONE = new FaultScript(List.of());

    /** A fault at {@code atMs} of the simulation. */
    public record Step(long atMs, Fault fault) {}

    public FaultScript {
        steps = List.copyOf(steps);
    }

    /** This script and one step more. */
    public FaultScript at(long atMs, Fault fault) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(atMs, fault));
        return new FaultScript(more);
    }

    /** Puts every step into the queue; call it before the run. */
    public void schedule(Simulation simulation, Trace trace, Fault.Target target) {
        for (Step step : steps) {
            simulation.schedule(Simulation.NOBODY, step.atMs() * 1000, () -> {
                trace.add(simulation.nowUs(), Simulation.NOBODY, "fault " + step.fault());
                step.fault().apply(target);
            });
        }
    }

    /** When the last fault happens, 0 if there is none. */
    public long lastMs() {
        return steps.stream().mapToLong(Step::atMs).max().orElse(0);
    }
}
