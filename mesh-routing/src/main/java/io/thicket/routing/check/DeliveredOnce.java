package io.thicket.routing.check;

import io.thicket.routing.MessageId;
import java.util.HashSet;
import java.util.Set;

/** I11: one boot of a node delivers a message at most once. Consumers deduplicate across boots and gateways. */
public final class DeliveredOnce {
    private record Delivery(int node, long boot, MessageId id) {}

    private final Set<Delivery> seen = new HashSet<>();

    /** Node {@code node} in its boot {@code boot} delivers {@code id}. An empty text if all is well. */
    public String delivered(int node, long boot, MessageId id) {
        return seen.add(new Delivery(node, boot, id))
                ? ""
                : "I11 delivered once: node " + node + " delivered " + id + " twice";
    }
}
