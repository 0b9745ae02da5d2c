package io.thicket.sim.check;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.trace.Trace;
import java.util.List;

/** Checks a list of invariants after every event of a simulation and ends the run at the first that is broken. */
public final class Invariants implements Simulation.EventObserver {
    private static final int TAIL_IN_MESSAGE = 30;

    private final NetworkView network;
    private final Seeds seeds;
    private final Trace trace;
    private final List<Invariant> invariants;
    private long checks;

    public Invariants(NetworkView network, Seeds seeds, Trace trace, List<Invariant> invariants) {
        this.network = network;
        this.seeds = seeds;
        this.trace = trace;
        this.invariants = List.copyOf(invariants);
    }

    /** How often an invariant was evaluated. */
    public long checks() {
        return checks;
    }

    @Override
    public void afterEvent(long nowUs, long number, int owner) {
        if (owner != Simulation.NOBODY) {
            checkNode(nowUs, number, owner);
            return;
        }
        for (int node = 0; node < network.nodes(); node++) {
            checkNode(nowUs, number, node);
        }
    }

    private void checkNode(long nowUs, long number, int node) {
        for (Invariant invariant : invariants) {
            checks++;
            String problem = invariant.check(network, node);
            if (!problem.isEmpty()) {
                List<String> tail = trace.tail();
                int from = Math.max(0, tail.size() - TAIL_IN_MESSAGE);
                throw new InvariantViolation(
                        invariant.name(),
                        invariant.name() + " broken at " + nowUs / 1000 + " ms, event " + number + ", node " + node
                                + ", seed " + seeds + ": " + problem + "\n  "
                                + String.join("\n  ", tail.subList(from, tail.size())));
            }
        }
    }
}
