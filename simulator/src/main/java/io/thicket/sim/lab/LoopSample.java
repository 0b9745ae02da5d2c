package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks for loops in what all routers say at one instant, for protocols that do not announce their changes. A loop that was there the
 * last time is not counted again; one that comes and goes between two looks is missed.
 */
final class LoopSample {
    private static final int NOWHERE = -1;

    /** A loop: where it leads, and the smallest number on it. */
    private record Loop(NodeId destination, int least) {}

    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final int nodes;
    private final IntFunction<@Nullable RoutingSnapshot> pictures;
    private Set<Loop> standing = Set.of();
    private long loops;

    /** {@code pictures} gives a node's routing state now, null if it is down. */
    LoopSample(NodeId[] ids, IntFunction<@Nullable RoutingSnapshot> pictures) {
        this.nodes = ids.length;
        this.pictures = pictures;
        for (int i = 0; i < ids.length; i++) {
            numbers.put(ids[i], i);
        }
    }

    /** Loops that were not there the last time. */
    void look() {
        Map<NodeId, int[]> nextHops = new HashMap<>();
        for (int i = 0; i < nodes; i++) {
            RoutingSnapshot picture = pictures.apply(i);
            if (picture != null) {
                note(i, picture, nextHops);
            }
        }
        Set<Loop> found = new HashSet<>();
        nextHops.forEach((destination, next) -> search(destination, next, found));
        loops += found.stream().filter(loop -> !standing.contains(loop)).count();
        standing = found;
    }

    long loops() {
        return loops;
    }

    private void note(int node, RoutingSnapshot picture, Map<NodeId, int[]> nextHops) {
        for (RoutingSnapshot.Route route : picture.routes()) {
            Integer next = route.nextHop() == null ? null : numbers.get(route.nextHop());
            if (next != null) {
                nextHops.computeIfAbsent(route.destination(), unused -> nowhere())[node] = next;
            }
        }
    }

    private int[] nowhere() {
        int[] next = new int[nodes];
        Arrays.fill(next, NOWHERE);
        return next;
    }

    /** Each node has one next hop at most: whoever meets its own trail is on a loop. */
    private void search(NodeId destination, int[] next, Set<Loop> found) {
        int[] trail = new int[nodes];
        for (int start = 0; start < nodes; start++) {
            int at = start;
            while (at != NOWHERE && trail[at] == 0) {
                trail[at] = start + 1;
                at = next[at];
            }
            if (at != NOWHERE && trail[at] == start + 1) {
                int least = at;
                for (int on = next[at]; on != at; on = next[on]) {
                    least = Math.min(least, on);
                }
                found.add(new Loop(destination, least));
            }
        }
    }
}
