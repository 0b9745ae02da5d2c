package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
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
final class LoopWatch implements Loops {
    private final NodeNumbers numbers;
    private final Map<NodeId, IntMap> nextHops = new HashMap<>();
    private final IntFunction<@Nullable RoutingSnapshot> pictures;
    private final List<NodeId> suspects = new ArrayList<>();
    private long loops;

    /** {@code pictures} gives a node's routing state now, null if it is down. */
    LoopWatch(NodeId[] ids, IntFunction<@Nullable RoutingSnapshot> pictures) {
        numbers = new NodeNumbers(ids);
        this.pictures = pictures;
    }

    /** Noted only: routers are asked when the call is over. */
    @Override
    public void changed(int node, NodeId destination, @Nullable NodeId hop) {
        IntMap to = nextHops.computeIfAbsent(destination, unused -> new IntMap());
        int next = hop == null ? NodeNumbers.NONE : numbers.of(hop);
        if (next == NodeNumbers.NONE) {
            to.remove(node);
        } else if (to.put(node, next) != next) {
            suspects.add(destination);
        }
    }

    @Override
    public void down(int node) {
        nextHops.values().forEach(to -> to.remove(node));
    }

    @Override
    public boolean isSampled() {
        return false;
    }

    @Override
    public void called(int node) {
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

    @Override
    public void look() {
        // Each loop was seen when it closed.
    }

    @Override
    public long count() {
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
            RoutingSnapshot next = pictures.apply(circle.get((i + 1) % circle.size()));
            if (picture == null
                    || next == null
                    || picture.routes().stream().noneMatch(route -> leadsOver(route, destination, next))) {
                return false;
            }
        }
        return true;
    }

    /** A way over an earlier boot leads nowhere: a new one refuses what is sent to it (U7). The references' ways name no boot. */
    private static boolean leadsOver(RoutingSnapshot.Route route, NodeId destination, RoutingSnapshot next) {
        return route.destination().equals(destination)
                && next.self().equals(route.nextHop())
                && (route.nextHopBootTag() == 0 || route.nextHopBootTag() == next.bootTag());
    }
}
