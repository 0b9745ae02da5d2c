package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The judge's own copy of the whole network, and what the last event changed in it, so that a checker looks at changes
 * only and the cost of an event does not grow with the network. Nodes are numbered from 0.
 */
public final class NetworkState {
    /** A change at the touched node. {@code before} is null if the destination is new, {@code after} if it was forgotten. */
    public record Change(
            NodeId destination,
            @Nullable HeldRoute before,
            @Nullable HeldRoute after) {}

    /** A node as it was when it was last touched. */
    public static final class Node {
        private final Map<NodeId, HeldRoute> routes = new LinkedHashMap<>();
        private @Nullable RouterView view;
        private @Nullable NodeId id;
        private int bootTag;
        private @Nullable Seq ownSeq;
        private @Nullable Seq ownSeqBefore;
        private boolean rebooted;
        private boolean healing;
        private boolean hole;
        private long downSinceMs;

        /** The running router, null while the node is down. */
        public @Nullable RouterView view() {
            return view;
        }

        /** Whether the last event found another boot here than the one before. */
        public boolean rebooted() {
            return rebooted;
        }

        /** The newest own Seq that was seen here, kept while the node is down; null before its first start. */
        public @Nullable Seq ownSeq() {
            return ownSeq;
        }

        /** The same before the last event that touched the node. */
        public @Nullable Seq ownSeqBefore() {
            return ownSeqBefore;
        }

        public Collection<HeldRoute> routes() {
            return routes.values();
        }
    }

    private final List<Node> nodes = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long nowMs;

    /** A network of {@code size} nodes that are all down; it grows when another node is touched. */
    public NetworkState(int size) {
        for (int i = 0; i < size; i++) {
            nodes.add(new Node());
        }
    }

    /** The state after an event that touched {@code number}; {@code view} is null if the node is down. */
    void update(long now, int number, @Nullable RouterView view) {
        nowMs = now;
        changes.clear();
        while (number >= nodes.size()) {
            nodes.add(new Node());
        }
        Node node = nodes.get(number);
        node.ownSeqBefore = node.ownSeq;
        node.rebooted = false;
        if (view == null) {
            if (node.view != null) {
                node.downSinceMs = now;
            }
            node.view = null;
            return;
        }
        if (node.id == null || node.bootTag != view.bootTag()) {
            node.rebooted = node.id != null;
            node.routes.clear(); // a new boot has forgotten everything, and nothing live points to it yet (U7)
            node.id = view.self();
            node.bootTag = view.bootTag();
            numbers.put(view.self(), number);
        }
        node.view = view;
        node.ownSeq = newestOwnSeq(node, view.ownSeq());
        compare(node, view.routes());
    }

    /** A healing node is judged by its past until it has overtaken it. */
    private static Seq newestOwnSeq(Node node, Seq shown) {
        Seq past = node.ownSeq;
        if (node.healing && past != null && !shown.isNewerThan(past)) {
            node.rebooted = false;
            return past;
        }
        node.healing = false;
        return shown;
    }

    /** The disk of {@code number} was set back on purpose (2.1): its Seq may be old until it has overtaken its past. */
    public void restored(int number) {
        nodes.get(number).healing = true;
    }

    /** Whether a restored node has not overtaken its own past yet. */
    public boolean isHealing(int number) {
        return nodes.get(number).healing;
    }

    /**
     * The node makes its router believe that it sends what it lets vanish: its routes live on without traffic, and no next hop has a reason to
     * remember them.
     */
    public void hole(int number) {
        nodes.get(number).hole = true;
    }

    /** Whether the node lets vanish what it should send. */
    public boolean isHole(int number) {
        return nodes.get(number).hole;
    }

    private void compare(Node node, List<HeldRoute> present) {
        int kept = 0;
        for (HeldRoute after : present) {
            HeldRoute before = node.routes.get(after.destination());
            kept += before == null ? 0 : 1;
            if (!after.equals(before)) {
                changes.add(new Change(after.destination(), before, after));
            }
        }
        boolean forgotten = kept < node.routes.size();
        for (Change change : changes) {
            HeldRoute after = change.after();
            if (after != null) {
                node.routes.put(change.destination(), after);
            }
        }
        if (forgotten) {
            removeForgotten(node, present);
        }
    }

    private void removeForgotten(Node node, List<HeldRoute> present) {
        Map<NodeId, HeldRoute> held = new HashMap<>();
        present.forEach(route -> held.put(route.destination(), route));
        Iterator<HeldRoute> all = node.routes.values().iterator();
        while (all.hasNext()) {
            HeldRoute before = all.next();
            if (!held.containsKey(before.destination())) {
                all.remove();
                changes.add(new Change(before.destination(), before, null));
            }
        }
    }

    public long nowMs() {
        return nowMs;
    }

    public int size() {
        return nodes.size();
    }

    public Node node(int number) {
        return nodes.get(number);
    }

    /** What the last event changed at the node that it touched. */
    public List<Change> changes() {
        return changes;
    }

    /** The node's number, -1 if no node ever had this id. */
    public int numberOf(NodeId id) {
        return numbers.getOrDefault(id, -1);
    }

    /** What {@code number} holds about {@code destination}, null if nothing or if the node is down. */
    public @Nullable HeldRoute route(int number, NodeId destination) {
        Node node = nodes.get(number);
        return node.view == null ? null : node.routes.get(destination);
    }

    /** Whether {@code number} runs, and is the node {@code id}. */
    boolean is(int number, NodeId id) {
        Node node = nodes.get(number);
        return node.view != null && id.equals(node.id);
    }

    /** The node that {@code route} leads over now, -1 if the edge is dead: no route, or its next hop's boot is gone. */
    int liveNextHop(HeldRoute route) {
        NodeId nextHop = route.nextHop();
        int next = nextHop == null ? -1 : numberOf(nextHop);
        if (next < 0) {
            return -1;
        }
        Node node = nodes.get(next);
        return node.view != null && node.bootTag == route.nextHopTag() ? next : -1;
    }

    /** How long the boot that {@code route} leads over has been gone, -1 if it runs, or is not known. */
    long nextHopDeadForMs(HeldRoute route) {
        NodeId nextHop = route.nextHop();
        int next = nextHop == null ? -1 : numberOf(nextHop);
        if (next < 0 || nodes.get(next).view != null) {
            return -1;
        }
        return nowMs - nodes.get(next).downSinceMs;
    }
}
