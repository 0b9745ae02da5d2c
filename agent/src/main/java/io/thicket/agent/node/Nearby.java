package io.thicket.agent.node;

import io.thicket.agent.node.NodeSnapshot.KnownNode;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the router knows better than the directory, which only hears of messages that were signed or delivered: a relay without
 * sensors sends none for minutes, although it greets every second.
 */
final class Nearby {
    private Nearby() {}

    /** The same nodes; neighbours with the age of their last frame, and with the hops of their link or route. */
    static List<KnownNode> refine(List<KnownNode> nodes, RoutingSnapshot routing) {
        Map<NodeId, Long> heardAgoMs = new HashMap<>();
        Map<NodeId, Integer> hops = new HashMap<>();
        for (RoutingSnapshot.Route route : routing.routes()) {
            if (route.hops() >= 0) {
                hops.put(route.destination(), route.hops());
            }
        }
        for (RoutingSnapshot.Neighbor neighbor : routing.neighbors()) {
            heardAgoMs.merge(neighbor.id(), neighbor.lastHeardAgoMs(), Math::min);
            if (neighbor.state() == RoutingSnapshot.NeighborState.TWO_WAY) {
                hops.putIfAbsent(neighbor.id(), 1);
            }
        }
        List<KnownNode> refined = new ArrayList<>(nodes.size());
        for (KnownNode node : nodes) {
            refined.add(new KnownNode(
                    node.id(),
                    node.name(),
                    node.label(),
                    node.meshAddress(),
                    node.roles(),
                    node.hops() >= 0 ? node.hops() : hops.getOrDefault(node.id(), -1),
                    Math.min(node.lastSeenAgoMs(), heardAgoMs.getOrDefault(node.id(), Long.MAX_VALUE))));
        }
        return refined;
    }
}
