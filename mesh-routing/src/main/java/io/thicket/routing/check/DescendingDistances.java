package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.check.NetworkState.Change;

/**
 * I2: on every live edge the next hop's feasibility distance is strictly better than that of the node that uses it. The
 * destination itself stands at (its own Seq, 0). A next hop that forgot its distance while the route lives has forgotten
 * too early (U6), unless it never got what was sent over the edge ({@link NetworkState#hole}).
 */
public final class DescendingDistances implements Invariant {
    @Override
    public String name() {
        return "I2 descending distances";
    }

    @Override
    public String check(NetworkState network, int touched) {
        NodeId self = selfOf(network, touched);
        if (self == null) {
            return "";
        }
        for (Change change : network.changes()) {
            HeldRoute after = change.after();
            String problem = after == null ? "" : edge(network, touched, after);
            if (problem.isEmpty() && losesGround(change)) {
                problem = edgesInto(network, touched, self, change.destination());
            }
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    /** Only a distance that went or got worse can harm those who use this node; they need no look otherwise. */
    private static boolean losesGround(Change change) {
        HeldRoute before = change.before();
        HeldRoute after = change.after();
        Seq was = before == null ? null : before.feasibleSeq();
        Seq is = after == null ? null : after.feasibleSeq();
        if (before == null || was == null) {
            return false;
        }
        return after == null
                || is == null
                || HeldRoute.isBetter(was, before.feasibleMetric(), is, after.feasibleMetric());
    }

    private static String edgesInto(NetworkState network, int touched, NodeId self, NodeId destination) {
        for (int user = 0; user < network.size(); user++) {
            HeldRoute theirs = user == touched ? null : network.route(user, destination);
            if (theirs != null && self.equals(theirs.nextHop())) {
                String problem = edge(network, user, theirs);
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
        }
        return "";
    }

    private static String edge(NetworkState network, int user, HeldRoute route) {
        if (route.nextHop() == null || network.isHole(user)) {
            return "";
        }
        Seq mine = route.feasibleSeq();
        if (mine == null) {
            return "node " + user + " has a route to " + route.destination() + " and no feasibility distance";
        }
        int next = network.liveNextHop(route);
        if (next < 0) {
            return "";
        }
        Seq theirs;
        long theirMetric;
        HeldRoute further = network.route(next, route.destination());
        if (network.is(next, route.destination())) {
            theirs = network.node(next).ownSeq();
            theirMetric = 0;
        } else {
            theirs = further == null ? null : further.feasibleSeq();
            theirMetric = further == null ? 0 : further.feasibleMetric();
        }
        if (theirs == null) {
            // After its life the route waits for the sweep only; its next hop need not remember that long.
            return route.validUntilMs() - network.nowMs() <= 0
                    ? ""
                    : "node " + user + " goes to " + route.destination() + " over node " + next
                            + ", which has forgotten its distance";
        }
        return HeldRoute.isBetter(theirs, theirMetric, mine, route.feasibleMetric())
                ? ""
                : "node " + user + " goes to " + route.destination() + " over node " + next + ": (" + theirs + ", "
                        + theirMetric + ") there is not better than " + route.distance() + " here";
    }

    private static @org.jspecify.annotations.Nullable NodeId selfOf(NetworkState network, int touched) {
        RouterView view = network.node(touched).view();
        return view == null ? null : view.self();
    }
}
