package io.thicket.sim.reference;

import java.nio.ByteBuffer;

/** Tells the frames of one protocol apart, so that an experiment can count them. */
public interface FrameKinds {
    /** The kind of a frame that this protocol transmitted; the buffer is left as it was. */
    FrameKind kindOf(ByteBuffer frame);

    /** A finer name for reports: {@code data}, {@code rreq}, {@code rrep}, {@code rerr}, {@code hello}, {@code update} ... */
    String nameOf(ByteBuffer frame);
}
