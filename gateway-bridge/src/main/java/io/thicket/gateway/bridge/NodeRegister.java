package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The nodes that the bridge knows, and which of them have something to publish: each in turn. */
final class NodeRegister {
    private static final int MAX_DOUBLINGS = 6;
    private static final long FIRST_BACK_OFF_MS = 1_000;
    private static final long MAX_BACK_OFF_MS = 60_000;

    private final SiteNodes site;
    private final Work work;

    /** In the order in which they became known; each hangs on its {@link SiteNode}. */
    private final List<NodeTrack> nodes = new ArrayList<>();

    /** Nodes with readings to publish, in turn. */
    private final Deque<NodeTrack> ready = new ArrayDeque<>();
    /** Nodes whose publications the broker refused; each waits for its back-off. */
    private final List<Blocked> blocked = new ArrayList<>();
    /** Nodes with a retained topic to publish, in turn. */
    private final Deque<NodeTrack> dirty = new ArrayDeque<>();

    private record Blocked(NodeTrack node, long untilMs) {}

    /** One without nodes, of those of {@code site}. */
    NodeRegister(SiteNodes site, Work work) {
        this.site = site;
        this.work = work;
    }

    @Nullable
    NodeTrack get(NodeId id) {
        SiteNode node = site.find(id);
        return node == null ? null : node.track;
    }

    /** Gives each node, in the order in which they became known. */
    void forEach(Consumer<NodeTrack> visitor) {
        nodes.forEach(visitor);
    }

    int size() {
        return nodes.size();
    }

    boolean isNameInUse(String label) {
        for (NodeTrack node : nodes) {
            if (node.label.equals(label)) {
                return true;
            }
        }
        return false;
    }

    /** A node that was not known; the caller has made room. */
    NodeTrack add(NodeId id, String label, long nowMs) {
        NodeTrack node = new NodeTrack(id, label, nowMs);
        nodes.add(node);
        site.track(id, node);
        return node;
    }

    /**
     * Forgets a node without held readings, false if there is none: first of those that are not online, then of those that another gateway
     * speaks of, and of several the one that was silent longest.
     */
    boolean forgetOne() {
        NodeTrack least = null;
        for (NodeTrack node : nodes) {
            if (node.held == 0 && (least == null || isWorthLess(node, least))) {
                least = node;
            }
        }
        if (least == null) {
            return false;
        }
        nodes.remove(least);
        site.track(least.id, null);
        dirty.remove(least);
        return true;
    }

    private static boolean isWorthLess(NodeTrack node, NodeTrack other) {
        int worth = Integer.compare(worth(node), worth(other));
        return worth != 0 ? worth < 0 : node.heardAtMs < other.heardAtMs;
    }

    private static int worth(NodeTrack node) {
        if (!node.online) {
            return 0;
        }
        return node.elsewhere ? 1 : 2;
    }

    void setOnline(NodeTrack node, boolean online) {
        if (node.online != online) {
            node.online = online;
            markDirty(node, NodeTrack.Topic.STATUS);
        }
    }

    /** The retained topic is to be published anew, if it is for this gateway to do so. */
    void markDirty(NodeTrack node, NodeTrack.Topic topic) {
        if (node.isToBeSaid(topic)) {
            mustSay(node, topic);
        }
    }

    /** The retained topic is to be published anew, whoever speaks of the node. */
    void mustSay(NodeTrack node, NodeTrack.Topic topic) {
        if (!node.isDirty()) {
            dirty.add(node);
        }
        node.markDirty(topic);
        work.mark();
    }

    /** What was to be published anew of the node is left to another gateway. */
    void leave(NodeTrack node) {
        if (node.isDirty()) {
            dirty.remove(node);
            node.clean();
        }
    }

    /** A held reading is to be published, in its place among those of its node. */
    void queue(HeldReading reading) {
        reading.node.enqueue(reading);
        makeReady(reading.node);
    }

    /** Puts the node into the line of those with readings to publish, unless it is there, has none or is blocked. */
    void makeReady(NodeTrack node) {
        if (!node.ready && !node.blocked && node.firstWaiting() != null) {
            node.ready = true;
            ready.add(node);
        }
    }

    /** The broker refused a publication of the node: it waits, longer each time. */
    void block(long nowMs, NodeTrack node) {
        // Publications of one window come back one by one: they are one refusal, not twenty.
        if (!node.blocked) {
            long backOff = Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS << node.refusals);
            if (node.refusals < MAX_DOUBLINGS) {
                node.refusals++;
            }
            node.blocked = true;
            blocked.add(new Blocked(node, nowMs + backOff));
            if (node.ready) {
                node.ready = false;
                ready.remove(node);
            }
        }
    }

    /** Lets the nodes go on whose back-off is over. */
    void unblock(long nowMs) {
        Iterator<Blocked> all = blocked.iterator();
        while (all.hasNext()) {
            Blocked next = all.next();
            if (nowMs - next.untilMs() >= 0) {
                all.remove();
                next.node().blocked = false;
                makeReady(next.node());
            }
        }
    }

    /** When the next back-off is over, {@link Long#MAX_VALUE} if there is none. */
    long nextUnblockMs() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < blocked.size(); i++) {
            next = Math.min(next, blocked.get(i).untilMs());
        }
        return next;
    }

    /** Whether a retained topic of some node is to be published. */
    boolean isAnyDirty() {
        return !dirty.isEmpty();
    }

    /** The next node with readings to publish; {@link #makeReady} puts it back into the line. */
    @Nullable
    NodeTrack nextReady() {
        NodeTrack node = ready.poll();
        if (node != null) {
            node.ready = false;
        }
        return node;
    }

    /** The next node with a retained topic to publish; {@link #takeTopic} puts it back if it has another. */
    @Nullable
    NodeTrack nextDirty() {
        return dirty.poll();
    }

    /** Takes one topic of a node that {@link #nextDirty} gave. */
    NodeTrack.Topic takeTopic(NodeTrack node) {
        NodeTrack.Topic topic = node.takeDirty();
        if (node.isDirty()) {
            dirty.add(node);
        }
        return topic;
    }
}
