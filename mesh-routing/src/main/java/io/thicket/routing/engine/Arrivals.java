package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.ArrayDeque;

/**
 * What {@link DataPlane} keeps of messages that end here, and owes to those who made them. It makes this with the first one: what most
 * nodes send ends at a gateway, and nothing ends at them.
 */
final class Arrivals {
    /** How often an origin is shown that it speaks in an old epoch of its own. */
    private static final double PROOFS_PER_S = 0.1;

    final ReceivedMessages received;
    final SettleBatches settlements;

    /** Nodes that wait to be told who this gateway is. */
    final ArrayDeque<NodeId> newcomers = new ArrayDeque<>(0);

    /** Nodes that number their messages in an epoch older than their own IDENT. */
    final ArrayDeque<NodeId> outdated = new ArrayDeque<>(0);

    final TokenBuckets<NodeId> shown = new TokenBuckets<>(PROOFS_PER_S, 1);
    final OlderTwins twins = new OlderTwins();

    Arrivals(Core core) {
        received = new ReceivedMessages(ReceivedMessages.PER_ORIGIN, core.tableSeed);
        settlements = new SettleBatches(core.self);
    }
}
