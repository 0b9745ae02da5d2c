package io.thicket.routing.wire;

import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads frames one after the other without making its tools anew; {@link FrameCodec#decode} is one use of it. Not
 * thread-safe.
 */
public final class FrameReader {
    private static final byte[] NOTHING = new byte[0];

    private final CborReader cbor = new CborReader(NOTHING, 0, 0);
    private final MessageReader reader;
    private final List<MeshMessage> messages = new ArrayList<>();
    private final List<DataFields> data = new ArrayList<>();

    /** {@code names} is how many NodeIds are remembered to be used again; for {@code seed} see {@code LinkedTable}. */
    public FrameReader(int names, long seed) {
        this(new NodeIds(names, seed));
    }

    /** With names that others may use, too. */
    public FrameReader(NodeIds names) {
        reader = new MessageReader(cbor, names);
    }

    /**
     * As {@link FrameCodec#decode}, but the list and its DATA messages ({@link DataFields}) are this reader's own and
     * valid until it reads again.
     */
    public List<MeshMessage> read(ByteBuffer sequence) throws WireFormatException {
        int length = sequence.remaining();
        if (length > WireLimits.MAX_SEQUENCE_BYTES) {
            throw new WireFormatException(Reason.TOO_LARGE, length + " bytes");
        }
        if (sequence.hasArray()) {
            cbor.reset(sequence.array(), sequence.arrayOffset() + sequence.position(), length);
        } else {
            byte[] copy = new byte[length];
            sequence.get(sequence.position(), copy);
            cbor.reset(copy, 0, length);
        }
        messages.clear();
        int used = 0;
        do {
            if (messages.size() == WireLimits.MAX_MESSAGES) {
                throw new WireFormatException(Reason.TOO_LARGE, "more than 32 messages");
            }
            if (used == data.size()) {
                data.add(new DataFields());
            }
            MeshMessage message = reader.next(data.get(used));
            used += message instanceof DataFields ? 1 : 0;
            messages.add(message);
        } while (!cbor.atEnd());
        return messages;
    }
}
