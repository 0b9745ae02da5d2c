package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import java.util.EnumMap;
import java.util.Map;

/** What a node has counted since it started. */
final class NodeCounters {
    private static final NodeCounter[] ALL = NodeCounter.values();

    private final long[] counts = new long[ALL.length];

    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    void count(NodeCounter counter) {
        counts[counter.ordinal()]++;
    }

    /** One of those that the loop does not keep. */
    @SuppressWarnings("EnumOrdinal") // As above.
    long get(NodeCounter counter) {
        return counts[counter.ordinal()];
    }

    /** All of them, with those that the loop keeps. */
    @SuppressWarnings("EnumOrdinal") // As above.
    Map<NodeCounter, Long> now(Timers timers) {
        Map<NodeCounter, Long> now = new EnumMap<>(NodeCounter.class);
        for (NodeCounter counter : ALL) {
            now.put(counter, counts[counter.ordinal()]);
        }
        now.put(NodeCounter.LOOP_ERRORS, timers.errors());
        now.put(NodeCounter.LOOP_POSTS_REFUSED, timers.refusedPosts());
        return now;
    }
}
