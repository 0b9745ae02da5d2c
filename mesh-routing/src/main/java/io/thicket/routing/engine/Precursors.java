package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which neighbours send DATA over this node's route to a destination (2.3): those that an RERR is for. */
final class Precursors {
    /** Destinations; the one unused longest is forgotten. */
    static final int MAX_DESTINATIONS = 1_024;

    /** Neighbours per destination; the one heard longest ago is forgotten. */
    static final int MAX_NEIGHBORS = 8;

    private final LinkedHashMap<NodeId, LinkedHashMap<Neighbor, Long>> users = new LinkedHashMap<>(16, 0.75f, true);

    /** {@code from} handed over a message for {@code destination}. */
    void used(long nowMs, NodeId destination, Neighbor from) {
        LinkedHashMap<Neighbor, Long> of = users.get(destination);
        if (of == null) {
            if (users.size() >= MAX_DESTINATIONS) {
                removeEldest(users);
            }
            of = new LinkedHashMap<>();
            users.put(destination, of);
        }
        of.remove(from);
        if (of.size() >= MAX_NEIGHBORS) {
            removeEldest(of);
        }
        of.put(from, nowMs);
    }

    /** Those that used the route within its life L and are still there; they are forgotten. */
    List<Neighbor> take(long nowMs, NodeId destination) {
        LinkedHashMap<Neighbor, Long> of = users.remove(destination);
        List<Neighbor> present = new ArrayList<>();
        if (of != null) {
            of.forEach((neighbor, atMs) -> {
                if (neighbor.isUsable() && nowMs - atMs <= neighbor.parameters().routeLifeMs()) {
                    present.add(neighbor);
                }
            });
        }
        return present;
    }

    boolean has(NodeId destination) {
        return users.containsKey(destination);
    }

    private static void removeEldest(Map<?, ?> map) {
        Iterator<?> eldest = map.keySet().iterator();
        eldest.next();
        eldest.remove();
    }
}
