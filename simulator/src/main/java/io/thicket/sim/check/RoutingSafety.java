package io.thicket.sim.check;

import io.thicket.routing.LinkClass;
import io.thicket.routing.check.Judge;
import io.thicket.routing.check.NoRouteOverTheDead;
import io.thicket.routing.check.SnapshotView;
import io.thicket.routing.engine.RoutingParameters;
import java.util.ArrayList;
import java.util.List;

/** The routing engine's own judge (io.thicket.routing.check), fed with what whole nodes show of themselves. */
public final class RoutingSafety implements Invariant {
    /** Beyond what the engine grants a route over the dead: the sweep, and a last probe under way. */
    private static final long DEAD_SLACK_MS = 15_000;

    private final Judge judge;

    public RoutingSafety(int nodes) {
        List<io.thicket.routing.check.Invariant> invariants = new ArrayList<>(Judge.safety());
        invariants.add(
                new NoRouteOverTheDead(RoutingParameters.of(LinkClass.WIFI).deadRouteMs() + DEAD_SLACK_MS));
        judge = new Judge(nodes, invariants);
    }

    /** The disk of {@code node} was set back on purpose: its numbers may be old until they have overtaken its past. */
    public void restored(int node) {
        judge.network().restored(node);
    }

    /** Whether a restored node has not overtaken its own past yet. */
    public boolean isHealing(int node) {
        return judge.network().isHealing(node);
    }

    @Override
    public String name() {
        return "routing safety";
    }

    @Override
    public String check(NetworkView network, int touched) {
        long takenAtMs = network.nowMs() - network.routingAgeMs(touched);
        return judge.afterEvent(
                network.nowMs(),
                touched,
                network.routing(touched)
                        .map(picture -> new SnapshotView(takenAtMs, picture))
                        .orElse(null));
    }
}
