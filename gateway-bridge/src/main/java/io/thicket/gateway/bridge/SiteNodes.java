package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the site that are known from the broker or from here: those that are tracked, and at most {@link #MAX} others. Of more one gives way that is
 * not needed and was not used since it was last passed over (the clock algorithm: nearly the one that was used least recently, without moving a node at
 * each use; the first time it is anyone that is not needed).
 */
final class SiteNodes {
    static final int MAX = Bridge.MAX_NODES;

    /**
     * Which stay as long as there is another one to give way: those that are needed; if all are, those of which this gateway published something; if it did of
     * all, those of which the broker's copy lacks that. Those that are tracked stay always.
     */
    private static final List<Predicate<SiteNode>> STAYING = List.of(
            SiteNode::isNeeded,
            node -> node.track != null || node.isOwn(),
            node -> node.track != null || node.is(SiteNode.OWN),
            node -> node.track != null);

    /** By NodeId. */
    private final ClockTable<SiteNode> nodes;

    private Consumer<SiteNode> whenForgotten = node -> {};
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

    /** Something of it was wanted or learned: it does not give way yet when it is passed over next. */
    void used(SiteNode node) {
        nodes.use(node);
    }

    /** This gateway brings the node's readings from now on, or another one does if not {@code mine}. */
    void brings(long nowMs, SiteNode node, boolean mine) {
        used(node);
        SiteNode.Owner owner = mine ? SiteNode.Owner.MINE : SiteNode.Owner.OTHERS;
        if (node.owner() != owner) {
            node.setOwner(owner);
            if (mine && node.track != null) {
                node.track.ownSinceMs = nowMs;
            }
        }
    }

    /** Gives each node, in an order of no meaning; none becomes known meanwhile. */
    void forEach(Consumer<SiteNode> visitor) {
        nodes.forEach(visitor);
    }

    private void forgetOne() {
        for (Predicate<SiteNode> stays : STAYING) {
            SiteNode gone = nodes.giveWay(stays);
            if (gone != null) {
                whenForgotten.accept(gone);
                return;
            }
        }
        throw new AssertionError("all nodes are tracked, and yet there are more");
    }
}
