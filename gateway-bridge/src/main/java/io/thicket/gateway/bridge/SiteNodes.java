package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the site that are known from the broker or from here, at most {@link #MAX}. Of more one gives way that is not needed and was
 * not used since it was last passed over (the clock algorithm: nearly the one that was used least recently, without moving a node at each use).
 */
final class SiteNodes {
    static final int MAX = Bridge.MAX_NODES;

    /** By NodeId. */
    private final LinkedTable<SiteNode> nodes;

    private Consumer<SiteNode> whenForgotten = node -> {};
    private long uses;

    /** None yet; {@code seed}: see {@link LinkedTable}. */
    SiteNodes(long seed) {
        nodes = new LinkedTable<>(seed);
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
        return nodes.get(id.value(), 0);
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
        nodes.add(id.value(), 0, node);
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
        for (int slot = nodes.oldest(); slot != LinkedTable.NONE; slot = nodes.younger(slot)) {
            all.add(nodes.value(slot));
        }
        all.sort(Comparator.comparingLong(node -> node.usedAt));
        all.forEach(visitor);
    }

    /** If all are needed, the oldest. */
    private void forgetOne() {
        for (int tries = 2 * nodes.size(); tries > 0; tries--) {
            int oldest = nodes.oldest();
            SiteNode node = nodes.value(oldest);
            if (!node.used && !node.isNeeded()) {
                break;
            }
            node.used = false;
            nodes.touch(oldest);
        }
        SiteNode gone = nodes.value(nodes.oldest());
        nodes.remove(nodes.oldest());
        whenForgotten.accept(gone);
    }
}
