package io.thicket.routing.wire;

import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads frames one after the other without making its tools anew; {@link FrameCodec#decode} is one use of it. A frame that is the same
 * as the one before is not read again: in a simulation all who hear a broadcast share a reader. Not thread-safe.
 */
public final class FrameReader {
    private static final byte[] NOTHING = new byte[0];
    private static final int NOT_AGAIN = -1;

    private final CborReader cbor = new CborReader(NOTHING, 0, 0);
    private final MessageReader reader;
    private final boolean remembers;
    private final List<MeshMessage> messages = new ArrayList<>();
    private final List<DataFields> data = new ArrayList<>();

    /** The bytes of which {@link #messages} were read, and where those lay. */
    private byte[] last = NOTHING;

    private byte[] lastFrom = NOTHING;
    private int lastAt;

    /** {@link #NOT_AGAIN} if the messages are of no use for another reading. */
    private int lastLength = NOT_AGAIN;

    /** With a memory of names that others may use, too. */
    public FrameReader(NodeIds names) {
        this(names, true);
    }

    private FrameReader(NodeIds names, boolean remembers) {
        this.reader = new MessageReader(cbor, names);
        this.remembers = remembers;
    }

    /** For one frame. */
    static FrameReader once() {
        return new FrameReader(new NodeIds(1, 0), false);
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
        byte[] bytes;
        int at = 0;
        if (sequence.hasArray()) {
            bytes = sequence.array();
            at = sequence.arrayOffset() + sequence.position();
        } else {
            bytes = new byte[length];
            sequence.get(sequence.position(), bytes);
        }
        if (isAgain(bytes, at, length)) {
            return messages;
        }
        lastLength = NOT_AGAIN;
        cbor.reset(bytes, at, length);
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
        if (used == 0 && remembers) {
            remember(bytes, at, length);
        }
        return messages;
    }

    /** The same bytes at the same place: signatures and the like are views of that place. */
    private boolean isAgain(byte[] bytes, int at, int length) {
        return length == lastLength
                && bytes == lastFrom
                && at == lastAt
                && Arrays.equals(last, 0, length, bytes, at, at + length);
    }

    /** Not with DATA, whose fields the engine changes; that has one receiver only. */
    private void remember(byte[] bytes, int at, int length) {
        if (last.length < length) {
            last = new byte[length];
        }
        System.arraycopy(bytes, at, last, 0, length);
        lastFrom = bytes;
        lastAt = at;
        lastLength = length;
    }
}
