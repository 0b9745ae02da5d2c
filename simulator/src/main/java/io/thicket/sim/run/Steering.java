package io.thicket.sim.run;

import io.thicket.sim.kernel.Simulation;
import java.util.List;

/** Takes a run from one look at the clock on the wall to the next, and may stop, ask and act on the way. */
@FunctionalInterface
public interface Steering {
    /** Straight on. */
    Steering NONE = (simulation, untilUs) -> {
        simulation.runUntil(untilUs);
        return true;
    };

    /**
     * Runs everything up to and including {@code untilUs}.
     *
     * @return false to end the run where it is
     */
    boolean advance(Simulation simulation, long untilUs);

    /** What was done by hand so far, in the order of time, each as a line of a file of commands. */
    default List<String> acted() {
        return List.of();
    }
}
