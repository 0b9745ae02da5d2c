package io.thicket.gateway.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Nodes whose pages are to be written some time, and some whose pages need not be any more: few, where there are thousands in all. It knows
 * before when nothing in it is due, since most of what others publish is written by them long before that.
 */
final class PagesToWrite {
    /** The bit of a node that is here. */
    private final int listed;

    private final List<SiteNode> nodes = new ArrayList<>();

    /** None of them is due earlier. */
    private long earliestMs = SiteNode.NEVER;

    PagesToWrite(int listed) {
        this.listed = listed;
    }

    /** The node, whose page is due then, is here from now on, in the place that it has if it was. */
    void put(SiteNode node, long dueMs) {
        earliestMs = Math.min(earliestMs, dueMs);
        if (!node.is(listed)) {
            node.set(listed, true);
            nodes.add(node);
        }
    }

    /** Whether one of them may be due. */
    boolean mayBeDue(long nowMs) {
        return earliestMs <= nowMs;
    }

    /** Adds those that are {@code wanted} to {@code taken}, from now on due never; of the others those stay here that are due some time and are not {@code elsewhere}. */
    void take(long nowMs, Predicate<SiteNode> wanted, Predicate<SiteNode> elsewhere, List<SiteNode> taken) {
        earliestMs = SiteNode.NEVER;
        int kept = 0;
        for (int i = 0; i < nodes.size(); i++) {
            SiteNode node = nodes.get(i);
            boolean stays = node.dueMs(nowMs) != SiteNode.NEVER && !elsewhere.test(node);
            if (stays && wanted.test(node)) {
                node.clearDue(); // it may be in the other list, too
                taken.add(node);
                stays = false;
            }
            node.set(listed, stays);
            if (stays) {
                nodes.set(kept++, node);
                earliestMs = Math.min(earliestMs, node.dueMs(nowMs));
            }
        }
        nodes.subList(kept, nodes.size()).clear();
    }

    /** The node is forgotten. */
    void remove(SiteNode node) {
        if (node.is(listed)) {
            nodes.remove(node);
            node.set(listed, false);
        }
    }
}
