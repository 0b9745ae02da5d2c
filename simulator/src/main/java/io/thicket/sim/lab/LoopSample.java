package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Looks for loops in what all routers say at one instant, for protocols that do not announce their changes. A loop that was there the
 * last time is not counted again; one that comes and goes between two looks is missed.
 */
final class LoopSample {
    private static final int NOWHERE = -1;

    /** A loop: where it leads, and the smallest number on it. */
    private record Loop(NodeId destination, int least) {}

    /** Tells each destination of a node, down or not, and the next hop of the way there. */
    interface Ways {
        void tell(int node, BiConsumer<NodeId, NodeId> to);
    }

    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final int nodes;
    private final Ways ways;
    private Set<Loop> standing = Set.of();
    private long loops;

    /** Of one look: what the routers said, in the order of asking. */
    private final List<NodeId> destinations = new ArrayList<>();

    private int[] tos = new int[64];
    private int[] froms = new int[64];
    private int[] nexts = new int[64];
    private int said;

    /** {@code ways} tells a node's ways now, none if it is down. */
    LoopSample(NodeId[] ids, Ways ways) {
        this.nodes = ids.length;
        this.ways = ways;
        for (int i = 0; i < ids.length; i++) {
            numbers.put(ids[i], i);
        }
    }

    /** Loops that were not there the last time. Costs as much as there are routes. */
    void look() {
        said = 0;
        destinations.clear();
        Map<NodeId, Integer> places = new HashMap<>();
        for (int i = 0; i < nodes; i++) {
            int node = i;
            ways.tell(node, (destination, hop) -> note(node, destination, hop, places));
        }
        Set<Loop> found = search();
        loops += found.stream().filter(loop -> !standing.contains(loop)).count();
        standing = found;
    }

    long loops() {
        return loops;
    }

    private void note(int node, NodeId destination, NodeId hop, Map<NodeId, Integer> places) {
        Integer next = numbers.get(hop);
        if (next == null) {
            return;
        }
        Integer known = places.putIfAbsent(destination, destinations.size());
        if (known == null) {
            destinations.add(destination);
        }
        if (said == tos.length) {
            tos = Arrays.copyOf(tos, 2 * said);
            froms = Arrays.copyOf(froms, 2 * said);
            nexts = Arrays.copyOf(nexts, 2 * said);
        }
        tos[said] = known == null ? destinations.size() - 1 : known;
        froms[said] = node;
        nexts[said] = next;
        said++;
    }

    /** By destination: each node has one next hop at most, and whoever meets its own trail is on a loop. */
    private Set<Loop> search() {
        int[] starts = new int[destinations.size() + 1];
        for (int i = 0; i < said; i++) {
            starts[tos[i] + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[said];
        int[] filled = Arrays.copyOf(starts, destinations.size());
        for (int i = 0; i < said; i++) {
            sorted[filled[tos[i]]++] = i;
        }
        Set<Loop> found = new HashSet<>();
        int[] next = new int[nodes];
        Arrays.fill(next, NOWHERE);
        int[] trail = new int[nodes];
        int mark = 0;
        for (int to = 0; to < destinations.size(); to++) {
            for (int i = starts[to]; i < starts[to + 1]; i++) {
                next[froms[sorted[i]]] = nexts[sorted[i]];
            }
            int before = mark;
            for (int i = starts[to]; i < starts[to + 1]; i++) {
                mark++;
                int at = froms[sorted[i]];
                while (at != NOWHERE && trail[at] <= before) {
                    trail[at] = mark;
                    at = next[at];
                }
                if (at != NOWHERE && trail[at] == mark) {
                    found.add(new Loop(destinations.get(to), leastOf(at, next)));
                }
            }
            for (int i = starts[to]; i < starts[to + 1]; i++) {
                next[froms[sorted[i]]] = NOWHERE;
            }
        }
        return found;
    }

    private static int leastOf(int at, int[] next) {
        int least = at;
        for (int on = next[at]; on != at; on = next[on]) {
            least = Math.min(least, on);
        }
        return least;
    }
}
