package io.thicket.sim.lab;

import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.check.Judge;
import io.thicket.routing.check.NoRouteOverTheDead;
import io.thicket.routing.check.SnapshotView;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.check.InvariantViolation;
import io.thicket.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges Thicket's routers after each of their calls, and ends the run at the first broken invariant. */
final class LabJudge {
    /** Beyond what the engine grants a route over the dead: the sweep, and a last probe under way. */
    private static final long DEAD_SLACK_MS = 15_000;

    private final Judge judge;
    private final Seeds seeds;

    /** {@code timers}: those of the routers that are judged; {@code holes}: nodes that let vanish what their routers send. */
    LabJudge(int nodes, RoutingParameters timers, List<Integer> holes, Seeds seeds) {
        this.seeds = seeds;
        List<io.thicket.routing.check.Invariant> invariants = new ArrayList<>(Judge.safety());
        invariants.add(new NoRouteOverTheDead(timers.deadRouteMs() + DEAD_SLACK_MS));
        judge = new Judge(nodes, invariants);
        holes.forEach(judge.network()::hole);
    }

    /** {@code picture} is null if the node is gone. */
    void look(long nowMs, int node, @Nullable RoutingSnapshot picture) {
        String problem = judge.afterEvent(nowMs, node, picture == null ? null : new SnapshotView(nowMs, picture));
        if (!problem.isEmpty()) {
            throw new InvariantViolation(
                    "routing safety", problem + " (at " + nowMs + " ms, node " + node + ", seed " + seeds + ")");
        }
    }

    /** The disk of {@code node} was set back on purpose: its numbers may be old until they have overtaken its past. */
    void restored(int node) {
        judge.network().restored(node);
    }

    /** How often an invariant was evaluated. */
    long checks() {
        return judge.checks();
    }
}
