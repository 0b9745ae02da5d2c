package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** 4.1: what must hold after every event, over all routers of a {@link Mesh}. */
final class Invariants {
    private Invariants() {}

    static void check(Mesh mesh) {
        Map<NodeId, Mesh.Node> byId = new HashMap<>();
        for (Mesh.Node node : mesh.nodes) {
            byId.put(node.id(), node);
        }
        for (Mesh.Node node : mesh.nodes) {
            if (node.up) {
                for (RouteEntry entry : node.router.routes().entries()) {
                    if (entry.nextHop() != null) {
                        checkEdge(mesh, byId, node, entry);
                    }
                }
            }
        }
    }

    private static void checkEdge(Mesh mesh, Map<NodeId, Mesh.Node> byId, Mesh.Node node, RouteEntry entry) {
        NodeId destination = entry.destination;
        if (destination.equals(node.id())) {
            throw new AssertionError("I6: node " + node.index + " has a route to itself");
        }
        if (entry.feasibility == null) {
            throw new AssertionError("I2: node " + node.index + " has an ACTIVE route and no FD");
        }
        if (!entry.nextHop().isUsable()) {
            throw new AssertionError("I7: node " + node.index + " has an ACTIVE route over a dead link");
        }
        Mesh.Node owner = byId.get(destination);
        if (owner != null && owner.up && entry.feasibility.seq().isNewerThan(owner.router.ownSeq())) {
            throw new AssertionError("I4: node " + node.index + " holds a Seq that " + owner.index + " never had");
        }
        Set<Integer> seen = new HashSet<>();
        Mesh.Node at = node;
        RouteEntry route = entry;
        while (route != null && route.nextHop() != null && seen.add(at.index)) {
            Mesh.Node next = byId.get(route.nextHop().id());
            if (next == null
                    || !next.up
                    || bootTagOf(next) != route.nextHop().bootTag()
                    || next.id().equals(destination)) {
                return; // the edge leads to a former incarnation, or the way ends
            }
            RouteEntry further = next.router.routes().get(destination);
            if (further != null
                    && further.feasibility != null
                    && !further.feasibility.isBetterThan(route.feasibility)) {
                throw new AssertionError("I2 at " + mesh.now + ": to " + byId.get(destination).index + ", edge "
                        + at.index + " " + route.feasibility + " -> " + next.index + " " + further.feasibility);
            }
            at = next;
            route = further;
        }
        if (route != null && route.nextHop() != null) {
            throw new AssertionError("I1 at " + mesh.now + ": a loop to " + destination + " through node " + at.index);
        }
    }

    private static int bootTagOf(Mesh.Node node) {
        return node.router.bootTag();
    }
}
