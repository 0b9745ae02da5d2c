package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import io.thicket.routing.table.SmallCounts;
import java.util.EnumMap;
import java.util.Map;

/** What a node has counted since it started. */
final class NodeCounters extends SmallCounts {
    private static final NodeCounter[] ALL = NodeCounter.values();

    NodeCounters() {
        super(ALL.length);
    }

    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    void count(NodeCounter counter) {
        countAt(counter.ordinal());
    }

    /** One of those that the loop does not keep. */
    @SuppressWarnings("EnumOrdinal") // As above.
    long get(NodeCounter counter) {
        return countedAt(counter.ordinal());
    }

    /** All of them, with those that the loop keeps. */
    @SuppressWarnings("EnumOrdinal") // As above.
    Map<NodeCounter, Long> now(Timers timers) {
        Map<NodeCounter, Long> now = new EnumMap<>(NodeCounter.class);
        for (NodeCounter counter : ALL) {
            now.put(counter, countedAt(counter.ordinal()));
        }
        now.put(NodeCounter.LOOP_ERRORS, timers.errors());
        now.put(NodeCounter.LOOP_POSTS_REFUSED, timers.refusedPosts());
        return now;
    }
}
