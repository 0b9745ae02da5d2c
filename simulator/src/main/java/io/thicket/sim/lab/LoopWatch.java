package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.kernel.IntMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the loops that changes of routes close, of any protocol: the next hops that routers announce are followed, and what
 * looks like a circle counts if the routers on it still say so when asked.
 */
final class LoopWatch {
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final Map<NodeId, IntMap> nextHops = new HashMap<>();
    private final IntFunction<@Nullable RoutingSnapshot> pictures;
    private final List<NodeId> suspects = new ArrayList<>();
    private long loops;

    /** {@code pictures} gives a node's routing state now, null if it is down. */
    LoopWatch(NodeId[] ids, IntFunction<@Nullable RoutingSnapshot> pictures) {
        for (int i = 0; i < ids.length; i++) {
            numbers.put(ids[i], i);
        }
        this.pictures = pictures;
    }

    /** In the middle of a router's call: noted only. */
    void changed(int node, RouteChange change) {
        IntMap to = nextHops.computeIfAbsent(change.destination(), unused -> new IntMap());
        Integer next = change.nextHop() == null ? null : numbers.get(change.nextHop());
        if (next == null) {
            to.remove(node);
        } else if (to.put(node, next) != next) {
            suspects.add(change.destination());
        }
    }

    /** The node is down: it forwards nothing. */
    void down(int node) {
        nextHops.values().forEach(to -> to.remove(node));
    }

    /** The call of {@code node}'s router is over. */
    void called(int node) {
        if (suspects.isEmpty()) {
            return;
        }
        for (NodeId destination : suspects) {
            List<Integer> circle = circle(node, destination);
            if (!circle.isEmpty() && isConfirmed(circle, destination)) {
                loops++;
            }
        }
        suspects.clear();
    }

    long loops() {
        return loops;
    }

    private List<Integer> circle(int node, NodeId destination) {
        IntMap to = nextHops.get(destination);
        List<Integer> way = new ArrayList<>();
        int at = node;
        while (to != null && at != IntMap.NONE && way.size() <= to.size()) {
            way.add(at);
            at = to.get(at);
            if (at == node) {
                return way;
            }
        }
        return List.of();
    }

    private boolean isConfirmed(List<Integer> circle, NodeId destination) {
        for (int i = 0; i < circle.size(); i++) {
            RoutingSnapshot picture = pictures.apply(circle.get(i));
            int next = circle.get((i + 1) % circle.size());
            boolean says = picture != null
                    && picture.routes().stream()
                            .anyMatch(route -> route.destination().equals(destination)
                                    && route.nextHop() != null
                                    && Integer.valueOf(next).equals(numbers.get(route.nextHop())));
            if (!says) {
                return false;
            }
        }
        return true;
    }
}
