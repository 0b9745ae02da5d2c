package io.thicket.routing.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One reader for all receivers of a broadcast: what it says is what a new one would say, whatever it read before. */
class FrameReaderTest {
    private static final int FRAMES = 20_000;
    private static final int PLACES = 3;

    private final FrameReader reader = new FrameReader(new NodeIds(16, 1));

    @Test
    void the_same_frame_is_not_read_again() throws WireFormatException {
        byte[] input = FrameCodec.encode(List.of(new Probe(7)));

        MeshMessage once = reader.read(ByteBuffer.wrap(input)).get(0);
        MeshMessage again = reader.read(ByteBuffer.wrap(input)).get(0);

        assertSame(once, again);
    }

    @Test
    void one_byte_is_another_frame() throws WireFormatException {
        byte[] input = FrameCodec.encode(List.of(new Probe(7)));
        reader.read(ByteBuffer.wrap(input));

        input[input.length - 1]++;

        assertEquals(List.of(new Probe(8)), reader.read(ByteBuffer.wrap(input)));
    }

    @Test
    void a_frame_that_was_refused_is_refused_again() throws WireFormatException {
        byte[] input = FrameCodec.encode(List.of(new Probe(7), new Probe(8)));
        reader.read(ByteBuffer.wrap(input));
        input[input.length - 1] = (byte) 0xff;

        assertThrows(WireFormatException.class, () -> reader.read(ByteBuffer.wrap(input)));
        assertThrows(WireFormatException.class, () -> reader.read(ByteBuffer.wrap(input)));
    }

    @Test
    void a_signature_is_that_of_the_frame_that_was_read_last() throws WireFormatException {
        // Read in place, as the engine does: the second frame lies where the first one lay.
        SplittableRandom random = new SplittableRandom(1);
        byte[] place = new byte[FrameCodec.encode(List.of(ident(random))).length];
        for (int i = 0; i < 100; i++) {
            MeshMessage wanted = ident(random);
            System.arraycopy(FrameCodec.encode(List.of(wanted)), 0, place, 0, place.length);

            assertEquals(List.of(wanted), reader.read(ByteBuffer.wrap(place)));
            assertEquals(List.of(wanted), reader.read(ByteBuffer.wrap(place)));
        }
    }

    @Test
    void any_order_of_frames_at_any_places_is_read_as_by_a_new_reader() throws WireFormatException {
        SplittableRandom random = new SplittableRandom(2);
        Messages messages = new Messages(random);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            frames.add(FrameCodec.encode(List.of(messages.any(), messages.any())));
        }
        byte[] memory = new byte[8_192];
        int which = 0;
        for (int i = 0; i < FRAMES; i++) {
            which = random.nextInt(3) > 0 ? which : random.nextInt(frames.size()); // mostly the one before
            byte[] frame = frames.get(which);
            int at = random.nextInt(PLACES);
            System.arraycopy(frame, 0, memory, at, frame.length);

            List<MeshMessage> read = reader.read(ByteBuffer.wrap(memory, at, frame.length));

            assertEquals(
                    FrameCodec.decode(ByteBuffer.wrap(frame)),
                    FrameCodec.decode(ByteBuffer.wrap(FrameCodec.encode(read))));
        }
    }

    private static Ident ident(SplittableRandom random) {
        byte[] key = new byte[WireLimits.PUBLIC_KEY_BYTES];
        byte[] signature = new byte[WireLimits.SIGNATURE_BYTES];
        random.nextBytes(key);
        random.nextBytes(signature);
        return new Ident(Bytes.copyOf(key), "a", Set.of(), 1, Bytes.copyOf(signature));
    }
}
