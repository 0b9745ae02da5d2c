package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrameChecksumsTest {
    private final FrameChecksums remembers = new FrameChecksums();

    private static long fresh(long secret, int counter, byte[] aad, int aadLength, byte[] frame, int from, int length) {
        return new FrameChecksums().of(secret, counter, aad, aadLength, frame, from, length);
    }

    /** Few values of each kind, so that the same and nearly the same frames come again and again. */
    @Test
    void what_is_remembered_is_what_would_be_computed() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            long secret = (long) random.nextInt(3) << 32;
            int counter = random.nextInt(3);
            byte[] aad = {(byte) random.nextInt(2), 7, 7};
            byte[] frame = {1, (byte) random.nextInt(2), (byte) -random.nextInt(2), 7, 7};
            int aadLength = random.nextInt(4);
            int from = random.nextInt(2);
            int length = random.nextInt(frame.length - from + 1);

            assertEquals(
                    fresh(secret, counter, aad, aadLength, frame, from, length),
                    remembers.of(secret, counter, aad, aadLength, frame, from, length));
        }
    }

    @Test
    void a_bit_that_the_air_turned_is_another_checksum() {
        byte[] aad = {1, 2, 3};
        byte[] frame = new byte[90];
        long sent = remembers.of(5, 6, aad, 3, frame, 0, 90);

        frame[89] ^= 1;
        assertNotEquals(sent, remembers.of(5, 6, aad, 3, frame, 0, 90));
        frame[89] ^= 1;
        aad[0] ^= 1;
        assertNotEquals(sent, remembers.of(5, 6, aad, 3, frame, 0, 90));
    }

    @Test
    void a_node_with_another_key_computes_another_one() {
        assertNotEquals(
                remembers.of(1, 6, new byte[3], 3, new byte[9], 0, 9),
                remembers.of(2, 6, new byte[3], 3, new byte[9], 0, 9));
    }
}
