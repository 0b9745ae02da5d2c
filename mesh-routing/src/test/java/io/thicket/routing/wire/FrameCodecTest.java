package io.thicket.routing.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import co.nstant.in.cbor.CborDecoder;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.Map;
import co.nstant.in.cbor.model.UnsignedInteger;
import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {
    private static final NodeId A = NodeId.parse("0102030405060708");
    private static final NodeId G = NodeId.parse("1112131415161718");

    @Test
    void data_has_the_documented_bytes() {
        Data data = new Data(
                new MessageId(A, 2, 300),
                Destination.GATEWAY,
                G,
                new Distance(new Seq(1, 5), 100),
                16,
                1,
                0,
                1,
                true,
                false,
                new Data.Registration(new Seq(2, 7), 50, 1200),
                1000,
                PayloadType.READINGS,
                Bytes.copyOf((byte) 0xca, (byte) 0xfe));

        String hex = HexFormat.of().formatHex(FrameCodec.encode(List.of(data)));

        assertEquals(
                "b0" // 16 keys
                        + "0008" + "01480102030405060708" + "0201" + "03820219012c" + "048301051864" + "0510" + "0605"
                        + "071832" + "081903e8" + "0942cafe" + "0a00" + "0b820207" + "0c00" + "0d481112131415161718"
                        + "0e01" + "0f1904b0",
                hex);
    }

    @Test
    void hop_result_and_challenge_have_the_documented_bytes() {
        byte[] bytes = FrameCodec.encode(
                List.of(HopResult.of(HopCode.UNKNOWN_SESSION), new Chal(Chal.Kind.CHALLENGE, 0x0102030405060708L)));

        assertEquals(
                "a2000e011881" + "a2000a01480102030405060708", HexFormat.of().formatHex(bytes));
    }

    @Test
    void a_padded_probe_has_the_documented_bytes() throws Exception {
        byte[] bytes = FrameCodec.encode(List.of(new Probe(7, 3)));

        assertEquals("a3000c01070243000000", HexFormat.of().formatHex(bytes));
        assertEquals(List.of(new Probe(7, 3)), decode("a3000c01070243000000"));
        assertThrows(IllegalArgumentException.class, () -> new Probe(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Probe(1, WireLimits.MAX_SEQUENCE_BYTES + 1));
    }

    @Test
    void every_message_comes_back_and_the_judge_reads_it() throws Exception {
        Messages messages = new Messages(new Random(1));
        for (int i = 0; i < 7000; i++) {
            MeshMessage message = messages.ofType(1 + i % Messages.TYPES);
            byte[] bytes = FrameCodec.encode(List.of(message));

            assertEquals(List.of(message), FrameCodec.decode(ByteBuffer.wrap(bytes)));
            assertEquals(bytes.length, FrameCodec.encodedBytes(message));
            List<DataItem> judged = CborDecoder.decode(bytes);
            assertEquals(1, judged.size());
            assertEquals(new UnsignedInteger(message.type()), ((Map) judged.get(0)).get(new UnsignedInteger(0)));
        }
    }

    @Test
    void direct_buffers_and_offsets_are_read_and_left_unmoved() throws Exception {
        byte[] bytes = FrameCodec.encode(List.of(new Probe(7), new Probe(8)));
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3)
                .position(3)
                .put(bytes)
                .position(3);

        assertEquals(List.of(new Probe(7), new Probe(8)), FrameCodec.decode(direct));
        assertEquals(3, direct.position());
    }

    @Test
    void what_does_not_fit_leaves_the_buffer_unmoved() {
        ByteBuffer out = ByteBuffer.allocate(10).position(2);

        assertThrows(BufferOverflowException.class, () -> FrameCodec.encode(new Chal(Chal.Kind.ANSWER, 1), out));
        assertEquals(2, out.position());
    }

    @Test
    void ignorable_keys_are_skipped_and_must_understand_keys_refuse_only_their_message() throws Exception {
        assertEquals(List.of(new Probe(7)), decode("a3000c0107182083820102a1f4f505"));
        assertEquals(
                List.of(new Refused(12, Reason.MUST_UNDERSTAND), new Probe(1)),
                decode("a3000c0107181801" + "a2000c0101"));
        assertEquals(List.of(new Refused(99, Reason.UNKNOWN_TYPE), new Probe(1)), decode("a1001863" + "a2000c0101"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "a2000c01, TRUNCATED",
        "a2000c011a0000, TRUNCATED",
        "a2000c011801, NOT_DETERMINISTIC",
        "a2000c01190001, NOT_DETERMINISTIC",
        "a2000c011b0000000000000001, NOT_DETERMINISTIC",
        "a2000c011b0000000100000000, OUT_OF_RANGE",
        "bf000c0101ff, NOT_DETERMINISTIC",
        "a20101000c, NOT_DETERMINISTIC",
        "a3000c01010101, NOT_DETERMINISTIC",
        "a10101, MISSING_KEY",
        "a1000c, MISSING_KEY",
        "a3000c01010301, UNKNOWN_KEY",
        "a2000c0141ff, WRONG_TYPE",
        "80, WRONG_TYPE",
        "a3000c01010201, WRONG_TYPE",
        "a3000c01010240, OUT_OF_RANGE",
        "a2000a014701020304050607, OUT_OF_RANGE",
        "a3000c010118209b0000000100000000, TOO_LARGE",
        "a3000c01011820818181818101, TOO_LARGE",
        "a3000c01011820c1c1c1c1c101, TOO_LARGE",
        "a3000c010118205affffffff, TRUNCATED",
        "a3000c01011820a202010100, NOT_DETERMINISTIC",
        "a3000c01011820fe, NOT_DETERMINISTIC",
        "a2000e0100, OUT_OF_RANGE",
        "a200030180, OUT_OF_RANGE"
    })
    void bad_bytes_have_one_reason(String hex, Reason reason) {
        assertEquals(
                reason,
                assertThrows(WireFormatException.class, () -> decode(hex)).reason());
    }

    @Test
    void a_frame_of_33_messages_or_1201_bytes_is_refused() {
        assertEquals(
                Reason.TOO_LARGE,
                assertThrows(WireFormatException.class, () -> decode("a2000c0101".repeat(33)))
                        .reason());
        assertEquals(
                Reason.TOO_LARGE,
                assertThrows(WireFormatException.class, () -> decode("00".repeat(1201)))
                        .reason());
    }

    @Test
    void every_truncation_of_every_message_is_refused() {
        Messages messages = new Messages(new Random(2));
        for (int type = 1; type <= Messages.TYPES; type++) {
            byte[] bytes = FrameCodec.encode(List.of(messages.ofType(type)));
            for (int length = 0; length < bytes.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
                assertEquals(
                        Reason.TRUNCATED,
                        assertThrows(WireFormatException.class, () -> FrameCodec.decode(cut))
                                .reason());
            }
        }
    }

    @Test
    void mutated_frames_are_refused_or_read_and_written_again() {
        Random random = new Random(3);
        Messages messages = new Messages(random);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = FrameCodec.encode(List.of(messages.any()));
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            read += FrameCodecFuzzTest.survives(bytes) ? 1 : 0;
        }
        assertTrue(read > 1000 && read < 19_000, "read " + read);
    }

    @Test
    void e2e_ack_settles_base_and_bits() {
        E2eAck ack = new E2eAck(A, 1, 10, 0b101L | 1L << 63, io.thicket.routing.SettleStatus.STORED, G, null, 8);

        assertTrue(ack.settles(10) && ack.settles(11) && !ack.settles(12) && ack.settles(13) && ack.settles(74));
        assertTrue(!ack.settles(9) && !ack.settles(75) && !ack.settles(138));
        long[] next = LongStream.of(0, 10, 11, 12, 13, 14, 74, 75, 138)
                .map(ack::nextSettled)
                .toArray();
        assertArrayEquals(new long[] {10, 10, 11, 13, 13, 74, 74, -1, -1}, next);
    }

    private static List<MeshMessage> decode(String hex) throws WireFormatException {
        return FrameCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
