package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import java.util.List;

/** Type 7: keeps the downward route to {@code node} when no DATA does. {@code via} is an optional route record. */
public record Reg(NodeId node, Distance distance, List<NodeId> via) implements MeshMessage {
    static final int TYPE = 7;

    public Reg {
        via = List.copyOf(via);
        WireLimits.within(via.size(), WireLimits.MAX_PATH, "via");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
