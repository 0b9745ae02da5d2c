package io.thicket.sim.lab;

import java.nio.ByteBuffer;

/** Says what a frame that its router hands down just now is for. */
@FunctionalInterface
public interface FrameClassifier {
    /** The buffer is read from position to limit and left as it was. */
    FrameClass classOf(ByteBuffer frame);
}
