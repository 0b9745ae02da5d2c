package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.HopEnvelope.Kind;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.junit.jupiter.api.Test;

/** Californium writes what we read and reads what we write. */
class HopEnvelopeTest {
    private static final byte[] SEALED = {1, 2, 3, (byte) 0xff, 5};

    private final HopEnvelope envelope = new HopEnvelope();

    @Test
    void californium_reads_a_frame_that_wants_no_reply() {
        Request read = (Request) californiumReads(envelope.frame(0xbeef, false, ByteBuffer.wrap(SEALED)));

        assertEquals(CoAP.Type.NON, read.getType());
        assertEquals(CoAP.Code.POST, read.getCode());
        assertEquals(0xbeef, read.getMID());
        assertEquals("m", read.getOptions().getUriPathString());
        assertEquals(26, read.getOptions().getNoResponse().getMask());
        assertEquals(-1, read.getOptions().getContentFormat());
        assertArrayEquals(SEALED, read.getPayload());
    }

    @Test
    void californium_reads_a_frame_under_an_exchange() {
        Request read = (Request) californiumReads(envelope.frame(7, true, ByteBuffer.wrap(SEALED)));

        assertEquals(CoAP.Type.CON, read.getType());
        assertEquals(7, read.getMID());
        assertEquals("m", read.getOptions().getUriPathString());
        assertTrue(!read.getOptions().hasNoResponse());
        assertArrayEquals(SEALED, read.getPayload());
    }

    @Test
    void californium_reads_every_reply() {
        for (HopCode code : HopCode.values()) {
            Response read = (Response) californiumReads(envelope.reply(65_535, code, ByteBuffer.wrap(SEALED)));

            assertEquals(CoAP.Type.ACK, read.getType());
            assertEquals(code.coapCode() >> 5, read.getRawCode() >> 5); // It knows no 5.08 and reads 5.00 for it.
            assertEquals(65_535, read.getMID());
            assertArrayEquals(SEALED, read.getPayload());
        }
    }

    @Test
    void own_frames_come_back_as_they_went() {
        byte[] largest = new byte[LinkInfo.MAX_MTU_BYTES];
        new Random(1).nextBytes(largest);

        assertReads(Kind.FRAME, MeshRouter.NO_EXCHANGE, largest, envelope.frame(3, false, ByteBuffer.wrap(largest)));
        assertReads(Kind.FRAME, 65_535, largest, envelope.frame(65_535, true, ByteBuffer.wrap(largest)));
        assertReads(Kind.REPLY, 0, largest, envelope.reply(0, HopCode.FULL, ByteBuffer.wrap(largest)));
    }

    @Test
    void overhead_is_as_promised() {
        assertEquals(
                SEALED.length + HopEnvelope.MAX_OVERHEAD_BYTES,
                envelope.frame(1, false, ByteBuffer.wrap(SEALED)).remaining());
    }

    @Test
    void encoding_leaves_the_sealed_frame_as_it_was() {
        ByteBuffer sealed = ByteBuffer.wrap(SEALED, 1, 3);

        envelope.frame(1, true, sealed);

        assertEquals(1, sealed.position());
        assertEquals(3, sealed.remaining());
    }

    @Test
    void frame_of_a_stock_client_is_read_with_token_and_elective_options() {
        byte[] written = californiumWrites(CoAP.Type.CON, options -> options.setUriPath("m")
                .setUriHost("a-host-name-of-more-than-thirteen-bytes")
                .setUriPort(5690)
                .setContentFormat(42)
                .addOption(option(16, new byte[] {1})) // Hop-Limit, RFC 8768.
                .addOption(option(65_000, new byte[300])));

        // The last option has a delta and a length of two extension bytes; the datagram is read from within a larger
        // one.
        ByteBuffer datagram = ByteBuffer.allocate(written.length + 9)
                .position(4)
                .put(written)
                .flip()
                .position(4);

        assertReads(Kind.FRAME, 4711, SEALED, datagram);
    }

    @Test
    void critical_options_and_other_paths_are_refused() {
        assertRefused(options -> options.setUriPath("x"));
        assertRefused(options -> options.setUriPath("mm"));
        assertRefused(options -> options.setUriPath("m/m"));
        assertRefused(options -> {});
        assertRefused(options -> options.setUriPath("m").addUriQuery("a=b"));
        assertRefused(options -> options.setUriPath("m").setAccept(0));
        assertRefused(options -> options.setUriPath("m").setProxyUri("coap://x/"));
        assertRefused(options -> options.setUriPath("m").addOption(option(65_001, new byte[0])));
        assertRefused(options -> options.setUriPath("m").setBlock1(2, false, 0));
    }

    @Test
    void other_coap_messages_are_refused() {
        assertRefused("40000001"); // Empty confirmable: a ping.
        assertRefused("70000001"); // Reset.
        assertRefused("60000001"); // Empty acknowledgement.
        assertRefused("40010001b16dff01"); // GET.
        assertRefused("40440001ff01"); // A separate response.
        assertRefused("6044000191ffff01"); // A response with a critical option.
        assertRefused("60020001b16dff01"); // A request as acknowledgement.
    }

    @Test
    void malformed_datagrams_are_refused() {
        assertRefused("");
        assertRefused("400200");
        assertRefused("00020001b16dff01"); // Version 0.
        assertRefused("49020001010203040506070809b16dff01"); // Token of 9 bytes.
        assertRefused("4802000101"); // Token cut off.
        assertRefused("40020001b16dff"); // Marker without payload.
        assertRefused("40020001b16d"); // No payload.
        assertRefused("40020001b26d"); // Option value cut off.
        assertRefused("40020001bd"); // Extension cut off.
        assertRefused("40020001be00");
        assertRefused("40020001b16df000ff01"); // Delta nibble 15 that is no marker.
        assertRefused("40020001b16d0fff01"); // Length nibble 15.
        assertRefused("40020001b16de0fef5ff01"); // Option number beyond 65535.
    }

    @Test
    void sizes_and_message_ids_out_of_range_are_refused_by_the_encoder() {
        ByteBuffer tooLong = ByteBuffer.allocate(LinkInfo.MAX_MTU_BYTES + 1);
        ByteBuffer one = ByteBuffer.allocate(1);

        assertThrows(IllegalArgumentException.class, () -> envelope.frame(1, true, tooLong));
        assertThrows(IllegalArgumentException.class, () -> envelope.frame(1, true, ByteBuffer.allocate(0)));
        assertThrows(IllegalArgumentException.class, () -> envelope.frame(-1, true, one));
        assertThrows(IllegalArgumentException.class, () -> envelope.reply(65_536, HopCode.FULL, one));
    }

    @Test
    void mutated_datagrams_never_throw_and_agree_with_californium() {
        Random random = new Random(20_260_101);
        byte[][] seeds = {
            bytes(envelope.frame(0x1234, false, ByteBuffer.wrap(SEALED))),
            bytes(envelope.frame(0x1234, true, ByteBuffer.wrap(SEALED))),
            bytes(envelope.reply(0x1234, HopCode.CUSTODY, ByteBuffer.wrap(SEALED))),
            californiumWrites(CoAP.Type.CON, options -> options.setUriPath("m").setContentFormat(42)),
        };
        int accepted = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] mutated = mutate(seeds[random.nextInt(seeds.length)], random);
            accepted += HopEnvelopeChecks.check(envelope, mutated) ? 1 : 0;
        }
        assertTrue(accepted > 1000, "only " + accepted + " mutations were still hop messages");
    }

    private static byte[] mutate(byte[] seed, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(seed.length + 1) : seed.length;
        byte[] mutated = Arrays.copyOf(seed, length);
        for (int n = random.nextInt(3); n >= 0 && length > 0; n--) {
            mutated[random.nextInt(length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return mutated;
    }

    private void assertReads(Kind kind, int exchange, byte[] sealed, ByteBuffer datagram) {
        assertEquals(kind, envelope.decode(datagram));
        assertEquals(exchange, envelope.exchange());
        assertArrayEquals(sealed, bytes(datagram));
    }

    private void assertRefused(Consumer<OptionSet> options) {
        assertEquals(Kind.REFUSED, envelope.decode(ByteBuffer.wrap(californiumWrites(CoAP.Type.NON, options))));
    }

    private void assertRefused(String hex) {
        assertEquals(
                Kind.REFUSED, envelope.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))), hex);
    }

    private static Message californiumReads(ByteBuffer datagram) {
        return new UdpDataParser().parseMessage(bytes(datagram));
    }

    private static byte[] californiumWrites(CoAP.Type type, Consumer<OptionSet> options) {
        Request request = new Request(CoAP.Code.POST, type);
        request.setMID(4711);
        request.setToken(new Token(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        request.setDestinationContext(new AddressEndpointContext(InetAddress.getLoopbackAddress(), 5690));
        options.accept(request.getOptions());
        request.setPayload(SEALED);
        return new UdpDataSerializer().getByteArray(request);
    }

    private static Option option(int number, byte[] value) {
        return new OpaqueOptionDefinition(number, "option-" + number).create(value);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
