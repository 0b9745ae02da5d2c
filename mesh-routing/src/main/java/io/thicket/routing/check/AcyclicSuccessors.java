package io.thicket.routing.check;

import io.thicket.routing.check.NetworkState.Change;
import org.jspecify.annotations.Nullable;

/**
 * I1: for each destination the next hops form no cycle over (node, boot). An edge counts as long as its node would send
 * over it, also when its life is over and the sweep has not come yet.
 */
public final class AcyclicSuccessors implements Invariant {
    @Override
    public String name() {
        return "I1 acyclic successors";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (Change change : network.changes()) {
            HeldRoute after = change.after();
            String problem = after == null ? "" : walk(network, touched, after);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static String walk(NetworkState network, int start, HeldRoute first) {
        int node = start;
        @Nullable HeldRoute route = first;
        for (int steps = 0; steps <= network.size(); steps++) {
            int next = route == null ? -1 : network.liveNextHop(route);
            if (next < 0 || network.is(next, first.destination())) {
                return "";
            }
            if (next == start || steps == network.size()) {
                return "loop for " + first.destination() + ": " + way(network, start, first);
            }
            node = next;
            route = network.route(node, first.destination());
        }
        return "";
    }

    private static String way(NetworkState network, int start, HeldRoute first) {
        StringBuilder way = new StringBuilder().append(start);
        int next = network.liveNextHop(first);
        for (int steps = 0; steps <= network.size() && next >= 0; steps++) {
            way.append(" -> ").append(next);
            HeldRoute route = network.route(next, first.destination());
            next = next == start || route == null ? -1 : network.liveNextHop(route);
        }
        return way.toString();
    }
}
