package io.thicket.sim.lab;

import io.thicket.routing.wire.MeshMessage;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a frame that its router hands down just now is for. Buffers are read from position to limit and left as they were. */
@FunctionalInterface
interface FrameClassifier {
    FrameClass classOf(ByteBuffer frame);

    /** The messages in that frame, as they are in the router's buffer just now; empty if they are sealed to the classifier. */
    default List<MeshMessage> messagesOf(ByteBuffer frame) {
        return List.of();
    }

    /** The flooded search that it belongs to, null for anything else. */
    default Floods.@Nullable Key floodOf(ByteBuffer frame) {
        return null;
    }

    /** How far that search is to go on from here. */
    default int ttlOf(ByteBuffer frame) {
        return 0;
    }
}
