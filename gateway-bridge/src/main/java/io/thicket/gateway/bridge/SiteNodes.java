package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the site that are known from the broker or from here: those that are tracked, and at most {@link #MAX} others. Of more one gives way that is
 * not needed and was not used since it was last passed over (the clock algorithm: nearly the one that was used least recently, without moving a node at
 * each use; the first time it is anyone that is not needed).
 */
final class SiteNodes {
    static final int MAX = Bridge.MAX_NODES;

    /** By NodeId. */
    private final ClockTable<SiteNode> nodes;

    private Consumer<SiteNode> whenForgotten = node -> {};
    private long uses;
    private int tracked;

    /** None yet; {@code seed}: see {@link ClockTable}. */
    SiteNodes(long seed) {
        nodes = new ClockTable<>(seed);
    }

    /** {@code listener} hears of each node that gave way. */
    void whenForgotten(Consumer<SiteNode> listener) {
        whenForgotten = listener;
    }

    int size() {
        return nodes.size();
    }

    /** The node of this number, null if nothing is known of it. */
    @Nullable
    SiteNode find(NodeId id) {
        return nodes.find(id.value());
    }

    /** The node of this number, which is known from now on. */
    SiteNode of(NodeId id) {
        SiteNode known = find(id);
        if (known != null) {
            return known;
        }
        while (nodes.size() - tracked >= MAX) {
            forgetOne();
        }
        SiteNode node = new SiteNode(id);
        nodes.put(node);
        return node;
    }

    /** The node is tracked from now on, as {@code track}; null for no longer. */
    void track(NodeId id, @Nullable NodeTrack track) {
        SiteNode node = of(id);
        tracked += (track == null ? 0 : 1) - (node.track == null ? 0 : 1);
        node.track = track;
    }

    /** Something of it was wanted or learned. */
    void used(SiteNode node) {
        node.usedAt = ++uses;
        spare(node);
    }

    /** It does not give way yet when it is passed over next. */
    void spare(SiteNode node) {
        nodes.use(node);
    }

    /** Gives each node, the one that was used longest ago first. */
    void forEach(Consumer<SiteNode> visitor) {
        List<SiteNode> all = new ArrayList<>(nodes.size());
        nodes.forEach(all::add);
        all.sort(Comparator.comparingLong(node -> node.usedAt));
        all.forEach(visitor);
    }

    /** If all are needed, one of those that are not tracked: first one of others, the one that was used longest ago. */
    private void forgetOne() {
        SiteNode gone = nodes.giveWay(SiteNode::isNeeded);
        if (gone == null) {
            List<SiteNode> all = new ArrayList<>();
            nodes.forEach(node -> {
                if (node.track == null) {
                    all.add(node);
                }
            });
            gone = Collections.min(all, Comparator.comparing(SiteNode::isOwn).thenComparingLong(node -> node.usedAt));
            nodes.remove(gone.key());
        }
        whenForgotten.accept(gone);
    }
}
