package io.thicket.routing.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the {@link NetworkState} and asks every invariant after every event. */
public final class Judge {
    private final NetworkState network;
    private final List<Invariant> invariants;
    private long checks;

    public Judge(int nodes, List<Invariant> invariants) {
        this.network = new NetworkState(nodes);
        this.invariants = List.copyOf(invariants);
    }

    /** The safety invariants that hold in every run, whatever its parameters: I1 to I7 and I9. */
    public static List<Invariant> safety() {
        return List.of(
                new AcyclicSuccessors(),
                new DescendingDistances(),
                new DistanceNeverWorsens(),
                new NoSeqFromTheFuture(),
                new OwnSeqIncreases(),
                new NoRouteToSelf(),
                new OnlyUsableLinks(),
                new NoDescentAlarms());
    }

    /**
     * Looks at {@code node} after an event that touched it; {@code view} is null if it is down. An empty text if all is
     * well, else which invariant is broken, and how.
     */
    public String afterEvent(long nowMs, int node, @Nullable RouterView view) {
        network.update(nowMs, node, view);
        for (Invariant invariant : invariants) {
            checks++;
            String problem = invariant.check(network, node);
            if (!problem.isEmpty()) {
                return invariant.name() + ": " + problem;
            }
        }
        return "";
    }

    public NetworkState network() {
        return network;
    }

    /** How often an invariant was evaluated. */
    public long checks() {
        return checks;
    }
}
