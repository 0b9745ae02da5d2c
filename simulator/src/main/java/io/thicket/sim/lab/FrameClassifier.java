package io.thicket.sim.lab;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Says what a frame that its router hands down just now is for. Buffers are read from position to limit and left as they were. */
@FunctionalInterface
interface FrameClassifier {
    FrameClass classOf(ByteBuffer frame);

    /** The flooded search that it belongs to, null for anything else. */
    default Floods.@Nullable Key floodOf(ByteBuffer frame) {
        return null;
    }

    /** How far that search is to go on from here. */
    default int ttlOf(ByteBuffer frame) {
        return 0;
    }
}
