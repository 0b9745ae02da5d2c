package io.thicket.sim.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists of things that few nodes have any of: all others share an empty one. */
final class PerNode<T> {
    private final List<List<T>> lists;

    PerNode(int nodes) {
        lists = new ArrayList<>(Collections.nCopies(nodes, List.of()));
    }

    /** All of that node, in the order in which they were added. What is there may be replaced. */
    List<T> of(int node) {
        return lists.get(node);
    }

    void add(int node, T one) {
        List<T> its = lists.get(node);
        if (its.isEmpty()) {
            its = new ArrayList<>(1);
            lists.set(node, its);
        }
        its.add(one);
    }
}
