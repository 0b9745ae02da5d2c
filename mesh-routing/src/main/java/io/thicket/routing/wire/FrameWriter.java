package io.thicket.routing.wire;

import java.nio.ByteBuffer;

/** Writes messages one after the other without making its tools anew, as {@link FrameCodec#encode} does. */
public final class FrameWriter {
    private final CborWriter cbor = new CborWriter(ByteBuffer.allocate(0));

    /** Writes {@code message} at the buffer's position; throws if it does not fit, with the position anywhere. */
    public void write(MeshMessage message, ByteBuffer out) {
        MessageWriter.write(message, cbor.to(out));
    }
}
