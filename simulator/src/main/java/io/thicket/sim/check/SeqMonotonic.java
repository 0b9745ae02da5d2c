package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.Seq;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * routing.md 4.1, I4 and I5: a node's own sequence number never goes back and its epoch grows with every boot; nobody
 * holds a number of a destination that is newer than the destination's own.
 */
public final class SeqMonotonic implements Invariant {
    private record Own(Seq seq, int bootTag) {}

    private final Map<NodeId, Own> newest = new HashMap<>();

    /** Nodes whose disk was set back, until the mesh has shown them their epoch (2.1). */
    private final Set<NodeId> healing = new HashSet<>();

    /** The disk of {@code node} was set back on purpose: its numbers may be old until they have overtaken the newest. */
    public void restored(NodeId node) {
        healing.add(node);
    }

    /** Whether a restored node has not overtaken its own past yet. */
    public boolean isHealing(NodeId node) {
        return healing.contains(node);
    }

    @Override
    public String name() {
        return "sequence numbers";
    }

    @Override
    public String check(NetworkView network, int touched) {
        RoutingSnapshot state = network.routing(touched).orElse(null);
        if (state == null) {
            return "";
        }
        Own newestOfPast = newest.get(state.self());
        if (newestOfPast != null && healing.contains(state.self())) {
            if (!state.ownSeq().isNewerThan(newestOfPast.seq())) {
                return "";
            }
            healing.remove(state.self());
        }
        Own before = newest.put(state.self(), new Own(state.ownSeq(), state.bootTag()));
        if (before != null && before.seq().isNewerThan(state.ownSeq())) {
            return "own number of node " + touched + " went back from " + before.seq() + " to " + state.ownSeq();
        }
        if (before != null
                && before.bootTag() != state.bootTag()
                && before.seq().epoch() >= state.ownSeq().epoch()) {
            return "node " + touched + " rebooted within epoch " + before.seq().epoch();
        }
        for (Route route : state.routes()) {
            Own own = newest.get(route.destination());
            if (own != null
                    && (route.seq().isNewerThan(own.seq())
                            || route.feasibleSeq().isNewerThan(own.seq()))) {
                return "node " + touched + " holds " + route.seq() + " (feasible " + route.feasibleSeq() + ") of "
                        + route.destination() + ", whose own number is " + own.seq();
            }
        }
        return "";
    }
}
