package io.thicket.routing.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A frame's content: a CBOR sequence (RFC 8742) of 1 to 32 messages in deterministic encoding (RFC 8949 4.2.1). */
public final class FrameCodec {
    private FrameCodec() {}

    /**
     * Writes {@code message} at the buffer's position, which moves behind it.
     *
     * @throws BufferOverflowException if it does not fit; the position is then unchanged
     */
    public static void encode(MeshMessage message, ByteBuffer out) {
        int start = out.position();
        try {
            MessageWriter.write(message, new CborWriter(out));
        } catch (BufferOverflowException e) {
            out.position(start);
            throw e;
        }
    }

    /** The messages as one new array. More than a frame takes is an {@link IllegalArgumentException}. */
    public static byte[] encode(List<? extends MeshMessage> messages) {
        if (messages.isEmpty() || messages.size() > WireLimits.MAX_MESSAGES) {
            throw new IllegalArgumentException("a frame has 1 to 32 messages, not " + messages.size());
        }
        ByteBuffer out = ByteBuffer.allocate(WireLimits.MAX_SEQUENCE_BYTES);
        try {
            for (MeshMessage message : messages) {
                encode(message, out);
            }
        } catch (BufferOverflowException e) {
            throw new IllegalArgumentException("more than " + WireLimits.MAX_SEQUENCE_BYTES + " bytes", e);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** How many bytes {@link #encode} writes for {@code message}. */
    public static int encodedBytes(MeshMessage message) {
        CborWriter counting = CborWriter.counting();
        MessageWriter.write(message, counting);
        return counting.counted();
    }

    /**
     * Reads 1 to 32 messages from position to limit (at most 1200 bytes); the position is not moved. DATA payloads,
     * digests, keys and signatures are views of the buffer if it has an array.
     */
    public static List<MeshMessage> decode(ByteBuffer sequence) throws WireFormatException {
        List<MeshMessage> messages = FrameReader.once().read(sequence);
        messages.replaceAll(message -> message instanceof DataFields data ? data.toData() : message);
        return messages;
    }
}
