package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.sim.kernel.IntMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for loops in the ways of all routers at one instant. A loop that was there the last time is not counted again; one that comes
 * and goes between two looks is missed. It hears of ways that routers announce, and asks the others before each look.
 */
final class LoopSample implements Loops {
    private static final int[] NONE = {};

    /** Tells each destination of a node, down or not, and the next hop of the way there. */
    interface Ways {
        void tell(int node, BiConsumer<NodeId, NodeId> to);
    }

    /** The ways of all nodes to one destination. */
    private static final class Destination {
        final IntMap next = new IntMap();

        /** Whether any way is another than at the last look. */
        boolean changed;

        /** The smallest number on each loop that was there at the last look: no node is on two. */
        int[] standing = NONE;
    }

    private final NodeNumbers numbers;

    /** Those that are nodes, by their numbers. */
    private final @Nullable Destination[] destinations;

    /** The others: hardly any. */
    private final Map<NodeId, Destination> strangers = new HashMap<>();

    private final List<Destination> changed = new ArrayList<>();
    private final int[] trail;
    private final @Nullable Ways unannounced;
    private int mark;
    private long loops;

    /** {@code unannounced} are asked before each look, null if routers announce all ways. */
    LoopSample(NodeId[] ids, @Nullable Ways unannounced) {
        this.unannounced = unannounced;
        trail = new int[ids.length];
        destinations = new @Nullable Destination[ids.length];
        numbers = new NodeNumbers(ids);
    }

    @Override
    public void changed(int node, NodeId destination, @Nullable NodeId hop) {
        Destination its = find(destination);
        int next = hop == null ? NodeNumbers.NONE : numbers.of(hop);
        if (next == NodeNumbers.NONE) {
            forget(its, node);
        } else if (its.next.put(node, next) != next) {
            note(its);
        }
    }

    /** Ways over it are those over a boot that is gone, and announced anew if they lead over the next one (U7). */
    @Override
    public void down(int node) {
        forEach(its -> {
            forget(its, node);
            for (int other : its.next.keys()) {
                if (its.next.get(other) == node) {
                    forget(its, other);
                }
            }
        });
    }

    private Destination find(NodeId destination) {
        int number = numbers.of(destination);
        if (number == NodeNumbers.NONE) {
            return strangers.computeIfAbsent(destination, unused -> new Destination());
        }
        Destination its = destinations[number];
        if (its == null) {
            its = new Destination();
            destinations[number] = its;
        }
        return its;
    }

    private void forEach(Consumer<Destination> visitor) {
        for (Destination its : destinations) {
            if (its != null) {
                visitor.accept(its);
            }
        }
        strangers.values().forEach(visitor);
    }

    /** In place of all that was heard: what {@code ways} tells now. Costs as much as there are ways. */
    private void ask(Ways ways) {
        forEach(its -> {
            its.next.clear();
            note(its);
        });
        for (int i = 0; i < trail.length; i++) {
            int node = i;
            ways.tell(node, (destination, hop) -> changed(node, destination, hop));
        }
    }

    @Override
    public boolean isSampled() {
        return true;
    }

    @Override
    public void called(int node) {
        // It looks at all nodes at once.
    }

    /** Counts loops that were not there the last time. Costs as much as there are ways to destinations of which any way is another one. */
    @Override
    public void look() {
        if (unannounced != null) {
            ask(unannounced);
        }
        Arrays.fill(trail, 0);
        mark = 0;
        for (Destination its : changed) {
            int[] found = search(its.next);
            for (int loop : found) {
                loops += contains(its.standing, loop) ? 0 : 1;
            }
            its.standing = found;
            its.changed = false;
        }
        changed.clear();
    }

    @Override
    public long count() {
        return loops;
    }

    private void forget(Destination its, int node) {
        if (its.next.get(node) != IntMap.NONE) {
            its.next.remove(node);
            note(its);
        }
    }

    private void note(Destination its) {
        if (!its.changed) {
            its.changed = true;
            changed.add(its);
        }
    }

    /** Each node has one next hop at most, and whoever meets its own trail is on a loop. */
    private int[] search(IntMap next) {
        int[] found = NONE;
        int before = mark;
        for (int from : next.keys()) {
            mark++;
            int at = from;
            while (at != IntMap.NONE && trail[at] <= before) {
                trail[at] = mark;
                at = next.get(at);
            }
            if (at != IntMap.NONE && trail[at] == mark) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = leastOf(at, next);
            }
        }
        return found;
    }

    private static int leastOf(int at, IntMap next) {
        int least = at;
        for (int on = next.get(at); on != at; on = next.get(on)) {
            least = Math.min(least, on);
        }
        return least;
    }

    private static boolean contains(int[] all, int one) {
        for (int each : all) {
            if (each == one) {
                return true;
            }
        }
        return false;
    }
}
