package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.coap.HopEnvelope.Kind;
import java.nio.ByteBuffer;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.serialization.UdpDataParser;

/** What must hold for any bytes. */
final class HopEnvelopeChecks {
    private HopEnvelopeChecks() {}

    /** Decoding does not throw, and what we accept Californium reads in the same way. Returns whether it was accepted. */
    static boolean check(HopEnvelope envelope, byte[] bytes) {
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        Kind kind = envelope.decode(datagram);
        if (kind == Kind.REFUSED) {
            return false;
        }
        byte[] sealed = new byte[datagram.remaining()];
        datagram.get(sealed);
        Message read;
        try {
            read = new UdpDataParser().parseMessage(bytes);
        } catch (RuntimeException e) {
            // Californium also checks the values of elective options, which we do not look at.
            return true;
        }
        assertArrayEquals(sealed, read.getPayload());
        assertEquals(kind == Kind.FRAME, read instanceof Request);
        if (kind == Kind.FRAME) {
            assertEquals("m", read.getOptions().getUriPathString());
        }
        if (envelope.exchange() >= 0) {
            assertEquals(envelope.exchange(), read.getMID());
        }
        return true;
    }
}
