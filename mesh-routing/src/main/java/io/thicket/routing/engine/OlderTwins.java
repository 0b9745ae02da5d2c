package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a gateway which nodes go on in an epoch older than one that their key signed, long after they were shown that. A node whose
 * disk was set back follows within seconds, so this is another machine with the same key; its readings are not settled while it is behind.
 */
final class OlderTwins {
    /** Nodes at once; whoever was behind longest ago is forgotten. */
    static final int MAX_NODES = 256;

    /** What was made so long after the node was first shown its later epoch is not of before: it was shown every 10 s. */
    static final long PATIENCE_MS = 120_000;

    /** Whoever was not behind for so long begins anew. */
    static final long QUIET_MS = 600_000;

    private static final class Behind {
        final long sinceMs;
        long lastMs;

        Behind(long nowMs) {
            sinceMs = nowMs;
        }
    }

    /** The youngest last; made with the first one, which only gateways see. */
    private Map<NodeId, Behind> nodes = Collections.emptyMap();

    /** A message of {@code node} in an older epoch came, made {@code ageMs} ago. Whether two machines must be using the key. */
    boolean isTwin(long nowMs, NodeId node, long ageMs) {
        Behind known = nodes.remove(node); // the youngest goes last
        if (known == null || nowMs - known.lastMs > QUIET_MS) {
            known = new Behind(nowMs);
        }
        known.lastMs = nowMs;
        if (nodes.size() >= MAX_NODES) {
            nodes.remove(nodes.keySet().iterator().next());
        }
        nodes = nodes.isEmpty() ? new LinkedHashMap<>() : nodes;
        nodes.put(node, known);
        return nowMs - ageMs - known.sinceMs > PATIENCE_MS;
    }
}
