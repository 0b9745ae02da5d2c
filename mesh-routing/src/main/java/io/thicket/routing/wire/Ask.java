package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/** Type 5: which neighbour is strictly nearer to {@code destination} than {@code limit}? Null asks for any route. One hop. */
public record Ask(NodeId destination, @Nullable Distance limit) implements MeshMessage {
    static final int TYPE = 5;

    @Override
    public int type() {
        return TYPE;
    }
}
