package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.Seq;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * routing.md 4.1, I1, I2 and I6: for each destination the next hops form no cycle over (node, boot), on every live edge
 * the next hop's feasibility distance is strictly better than that of the node that uses it, and nobody has a route to
 * itself. An edge is live if the next hop still runs the boot that the route names and the route has not expired.
 */
public final class LoopFreedom implements Invariant {
    /** What was good and has not changed is not looked at again: most events leave routes as they are. */
    private final Map<NodeId, Long> checked = new HashMap<>();

    @Override
    public String name() {
        return "loop freedom";
    }

    @Override
    public String check(NetworkView network, int touched) {
        Optional<RoutingSnapshot> state = network.routing(touched);
        if (state.isEmpty()) {
            return "";
        }
        Long fingerprint = fingerprint(state.get());
        if (fingerprint.equals(checked.get(state.get().self()))) {
            return "";
        }
        String problem = checkAll(network, touched, state.get());
        if (problem.isEmpty()) {
            checked.put(state.get().self(), fingerprint);
        }
        return problem;
    }

    private static String checkAll(NetworkView network, int touched, RoutingSnapshot state) {
        for (Route route : state.routes()) {
            if (route.destination().equals(state.self())) {
                return "node " + touched + " has a route to itself";
            }
            String problem = checkEdge(network, touched, route);
            if (problem.isEmpty()) {
                problem = checkWalk(network, touched, route.destination());
            }
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return checkEdgesInto(network, touched, state);
    }

    /** A hash of everything that the checks read of this node; that an edge of it expires can only mend things. */
    private static long fingerprint(RoutingSnapshot state) {
        long hash = mixed(state.bootTag(), state.ownSeq());
        for (Route route : state.routes()) {
            NodeId nextHop = route.nextHop();
            hash = 31 * hash + route.destination().value();
            hash = 31 * hash + (nextHop == null || route.validForMs() == 0 ? 0 : nextHop.value());
            hash = 31 * hash + mixed(route.nextHopBootTag(), route.feasibleSeq());
            hash = 31 * hash + route.feasibleMetric();
        }
        return hash;
    }

    private static long mixed(int tag, Seq seq) {
        return ((tag * 0x9e3779b97f4a7c15L + seq.epoch()) * 0xbf58476d1ce4e5b9L + seq.count()) * 0x94d049bb133111ebL;
    }

    /** The touched node's distances may have changed under those who use it. */
    private static String checkEdgesInto(NetworkView network, int touched, RoutingSnapshot state) {
        for (int user = 0; user < network.nodes(); user++) {
            if (user == touched || network.routing(user).isEmpty()) {
                continue;
            }
            for (Route route : network.routing(user).get().routes()) {
                if (state.self().equals(route.nextHop())) {
                    String problem = checkEdge(network, user, route);
                    if (!problem.isEmpty()) {
                        return problem;
                    }
                }
            }
        }
        return "";
    }

    private static String checkEdge(NetworkView network, int user, Route route) {
        int next = liveNextHop(network, user, route);
        if (next < 0) {
            return "";
        }
        RoutingSnapshot nextState = network.routing(next).orElseThrow();
        Seq nextSeq;
        long nextMetric;
        if (nextState.self().equals(route.destination())) {
            nextSeq = nextState.ownSeq();
            nextMetric = 0;
        } else {
            Route theirs = find(nextState.routes(), route.destination());
            if (theirs == null) {
                return "node " + user + " goes to " + route.destination() + " over node " + next
                        + ", which has forgotten its feasibility distance";
            }
            nextSeq = theirs.feasibleSeq();
            nextMetric = theirs.feasibleMetric();
        }
        int bySeq = nextSeq.compareTo(route.feasibleSeq());
        if (bySeq > 0 || bySeq == 0 && nextMetric < route.feasibleMetric()) {
            return "";
        }
        return "node " + user + " goes to " + route.destination() + " over node " + next + ": feasibility distance ("
                + nextSeq + ", " + nextMetric + ") there is not better than (" + route.feasibleSeq() + ", "
                + route.feasibleMetric() + ") here";
    }

    private static String checkWalk(NetworkView network, int start, NodeId destination) {
        StringBuilder way = new StringBuilder();
        int node = start;
        for (int steps = 0; steps <= network.nodes(); steps++) {
            way.append(way.isEmpty() ? "" : " -> ").append(node);
            Route route = find(network.routing(node).orElseThrow().routes(), destination);
            int next = route == null ? -1 : liveNextHop(network, node, route);
            if (next < 0) {
                return "";
            }
            if (next == start) {
                return "loop for " + destination + ": " + way + " -> " + next;
            }
            node = next;
        }
        return "loop for " + destination + " behind: " + way;
    }

    /** The node that the route leads over now, -1 if the edge is not live. */
    private static int liveNextHop(NetworkView network, int user, Route route) {
        NodeId nextHop = route.nextHop();
        if (nextHop == null || route.validForMs() <= network.routingAgeMs(user)) {
            return -1;
        }
        int next = network.indexOf(nextHop);
        if (next < 0 || network.routing(next).isEmpty()) {
            return -1;
        }
        return network.routing(next).get().bootTag() == route.nextHopBootTag() ? next : -1;
    }

    private static @Nullable Route find(List<Route> routes, NodeId destination) {
        for (Route route : routes) {
            if (route.destination().equals(destination)) {
                return route;
            }
        }
        return null;
    }
}
