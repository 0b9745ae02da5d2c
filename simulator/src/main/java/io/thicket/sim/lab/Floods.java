package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Each flooded search of a run: how many transmissions it took, and whom it reached. */
final class Floods {
    /** A ring at least this wide is meant to reach everybody. */
    private static final int WIDE_TTL = 32;

    /** Names one search. */
    record Key(NodeId origin, long id) {}

    private static final class Flood {
        final Set<Integer> reached = new HashSet<>();
        int transmissions;
        boolean wide;
    }

    private final Map<Key, Flood> floods = new HashMap<>();

    void sent(Key key, int node, int ttl) {
        Flood flood = floods.computeIfAbsent(key, unused -> new Flood());
        flood.transmissions++;
        flood.wide |= ttl >= WIDE_TTL;
        flood.reached.add(node);
    }

    void heard(Key key, int node) {
        Flood flood = floods.get(key);
        if (flood != null) {
            flood.reached.add(node);
        }
    }

    int count() {
        return (int) floods.values().stream().filter(flood -> flood.wide).count();
    }

    /** Mean transmissions of the wide ones, NaN without any. */
    double meanTransmissions() {
        return Statistics.mean(floods.values().stream()
                .filter(flood -> flood.wide)
                .mapToDouble(flood -> flood.transmissions)
                .toArray());
    }

    /** Mean number of nodes that the wide ones reached, their origins included. */
    double meanReach() {
        return Statistics.mean(floods.values().stream()
                .filter(flood -> flood.wide)
                .mapToDouble(flood -> flood.reached.size())
                .toArray());
    }
}
