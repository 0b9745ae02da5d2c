package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What vanishes in an insider is a probe of the same length to its next hop; all else is what it was. */
class InsiderCipherTest {
    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(7);
    private static final E2eAck ACK = new E2eAck(OTHER, 1, 5, 0, SettleStatus.BROKER_ACKED, new NodeId(9), null, 30);

    private final LabCipher honest = new LabCipher(3, 2);
    private final SealCipher.SealKey key = honest.key(SELF, 1, 2);

    /** Lets messages with an even number pass. */
    private final InsiderCipher insider =
            new InsiderCipher(honest, honest, SELF, message -> message.number() % 2 == 0, vanished -> {});

    private static Data message(NodeId origin, long number, PayloadType type, int payloadBytes) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.GATEWAY,
                null,
                null,
                30,
                1,
                0,
                0,
                true,
                false,
                null,
                12,
                type,
                Bytes.view(ByteBuffer.wrap(new byte[payloadBytes])));
    }

    /** What the next hop finds in the frame that the insider's router thinks it sent. */
    private List<MeshMessage> received(MeshMessage... sent) throws WireFormatException {
        byte[] plain = FrameCodec.encode(List.of(sent));
        byte[] before = plain.clone();
        byte[] sealed = new byte[plain.length + SealCipher.TAG_BYTES];
        byte[] opened = new byte[plain.length];

        insider.seal(key, 1, new byte[4], 4, plain, 0, plain.length, sealed, 0);

        assertTrue(Arrays.equals(before, plain)); // its router's own copy
        assertTrue(honest.open(key, 1, new byte[4], 4, sealed, 0, sealed.length, opened, 0));
        return FrameCodec.decode(ByteBuffer.wrap(opened));
    }

    @Test
    void a_message_of_any_length_becomes_one_probe() throws WireFormatException {
        for (int payloadBytes = 0; payloadBytes < 700; payloadBytes++) {
            List<MeshMessage> received = received(message(OTHER, 1, PayloadType.READINGS, payloadBytes));

            assertEquals(1, received.size(), payloadBytes + " bytes");
            assertTrue(received.get(0) instanceof Probe, payloadBytes + " bytes: " + received);
            assertEquals(FrameClass.DATA, honest.classOf(ByteBuffer.allocate(0)));
            assertEquals(received, honest.messagesOf(ByteBuffer.allocate(0)));
        }
    }

    @Test
    void each_message_of_a_frame_fares_by_itself() throws WireFormatException {
        Data passes = message(OTHER, 2, PayloadType.READINGS, 40);
        List<MeshMessage> received = received(
                message(OTHER, 1, PayloadType.READINGS, 50), passes, ACK, message(OTHER, 3, PayloadType.COAP, 60));

        assertEquals(4, received.size());
        assertTrue(received.get(0) instanceof Probe);
        assertEquals(FrameCodec.encodedBytes(passes), FrameCodec.encodedBytes(received.get(1)));
        assertEquals(passes.id(), ((Data) received.get(1)).id());
        assertEquals(ACK, received.get(2));
        assertTrue(received.get(3) instanceof Probe);
    }

    @Test
    void own_messages_and_introductions_pass() throws WireFormatException {
        assertTrue(received(message(SELF, 1, PayloadType.READINGS, 40)).get(0) instanceof Data);
        assertTrue(received(message(OTHER, 1, PayloadType.IDENT, 40)).get(0) instanceof Data);
    }
}
