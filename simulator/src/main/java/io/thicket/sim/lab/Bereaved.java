package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose way to a gateway began at a node that died; known of protocols that pin a gateway. */
final class Bereaved {
    private final Set<Integer> nodes = new HashSet<>();
    private boolean noted;

    /** Just before the first of {@code dying} is gone; later calls change nothing. */
    void note(List<LabMachine> all, Set<NodeId> dying) {
        for (int i = 0; i < all.size() && !noted; i++) {
            if (all.get(i).isUp() && isLed(all.get(i).snapshot(), dying)) {
                nodes.add(i);
            }
        }
        noted = true;
    }

    private static boolean isLed(RoutingSnapshot snapshot, Set<NodeId> dying) {
        for (RoutingSnapshot.Route route : snapshot.routes()) {
            boolean used = route.destination().equals(snapshot.pinnedGateway());
            if (used && route.nextHop() != null && dying.contains(route.nextHop())) {
                return true;
            }
        }
        return false;
    }

    boolean includes(int node) {
        return nodes.contains(node);
    }
}
