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
 * The nodes of the site that are known from the broker or from here, at most {@link #MAX}, and one more if those are all tracked. Of more one gives way that is not needed and was
 * not used since it was last passed over (the clock algorithm: nearly the one that was used least recently, without moving a node at each use).
 */
final class SiteNodes {
    static final int MAX = Bridge.MAX_NODES;

    /** By NodeId. */
    private final ClockTable<SiteNode> nodes;

    private Consumer<SiteNode> whenForgotten = node -> {};
    private long uses;

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
        if (nodes.size() >= MAX) {
            forgetOne();
        }
        SiteNode node = new SiteNode(id);
        nodes.put(node);
        return node;
    }

    /** Something of it was wanted or learned. */
    void used(SiteNode node) {
        node.usedAt = ++uses;
        node.used = true;
    }

    /** Gives each node, the one that was used longest ago first. */
    void forEach(Consumer<SiteNode> visitor) {
        List<SiteNode> all = new ArrayList<>(nodes.size());
        nodes.forEach(all::add);
        all.sort(Comparator.comparingLong(node -> node.usedAt));
        all.forEach(visitor);
    }

    /** If all are needed, the one that was used longest ago, of those that are not tracked; of tracked ones there are never more than {@link #MAX}. */
    private void forgetOne() {
        SiteNode gone = nodes.giveWay(SiteNode::isNeeded);
        if (gone == null) {
            List<SiteNode> all = new ArrayList<>();
            nodes.forEach(node -> {
                if (node.track == null) {
                    all.add(node);
                }
            });
            if (all.isEmpty()) {
                return;
            }
            gone = Collections.min(all, Comparator.comparingLong(node -> node.usedAt));
            nodes.remove(gone.key());
        }
        whenForgotten.accept(gone);
    }
}
