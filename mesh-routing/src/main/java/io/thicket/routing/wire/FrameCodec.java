package io.thicket.routing.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** A frame's content: a CBOR sequence (RFC 8742) of 1 to 32 messages in deterministic encoding (RFC 8949 4.2.1). */
@SuppressWarnings("DoNotCallSuggester")
public final class FrameCodec {
    private FrameCodec() {}

    /**
     * Writes {@code message} at the buffer's position, which moves behind it.
     *
     * @throws java.nio.BufferOverflowException if it does not fit; the position is then unchanged
     */
    public static void encode(MeshMessage message, ByteBuffer out) {
        throw new UnsupportedOperationException(message + " " + out);
    }

    /** The messages as one new array. */
    public static byte[] encode(List<? extends MeshMessage> messages) {
        throw new UnsupportedOperationException(messages.toString());
    }

    /** How many bytes {@link #encode} writes for {@code message}. */
    public static int encodedBytes(MeshMessage message) {
        throw new UnsupportedOperationException(message.toString());
    }

    /**
     * Reads 1 to 32 messages from position to limit (at most 1200 bytes); the position is not moved. DATA payloads,
     * digests, keys and signatures are views of the buffer if it has an array.
     */
    public static List<MeshMessage> decode(ByteBuffer sequence) throws WireFormatException {
        throw new WireFormatException(WireFormatException.Reason.TRUNCATED, sequence.toString());
    }
}
