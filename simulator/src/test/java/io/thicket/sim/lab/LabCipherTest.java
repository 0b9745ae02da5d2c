package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabCipherTest {
    private static final int OFFSET = 5;
    private static final byte[] PLAIN = {1, 2, 3};
    private static final byte[] AAD = {9, 8};

    private final LabCipher cipher = new LabCipher(3, 2);
    private final SealCipher.SealKey key = cipher.key(new NodeId(17), 1, 2);
    private final byte[] sealed = new byte[OFFSET + PLAIN.length + SealCipher.TAG_BYTES];
    private final byte[] opened = new byte[PLAIN.length];

    private void seal() {
        Arrays.fill(sealed, (byte) 0x55); // a buffer that was used before
        cipher.seal(key, 7, AAD, AAD.length, PLAIN, 0, PLAIN.length, sealed, OFFSET);
    }

    private boolean open() {
        return cipher.open(key, 7, AAD, AAD.length, sealed, OFFSET, sealed.length - OFFSET, opened, 0);
    }

    @Test
    void what_was_sealed_can_be_opened() {
        seal();

        assertTrue(open());
        assertArrayEquals(PLAIN, opened);
    }

    @Test
    void the_tag_is_the_checksum_most_significant_byte_first_and_as_many_zeros() {
        seal();

        long sum = new FrameChecksums().of(secret(), 7, AAD, AAD.length, PLAIN, 0, PLAIN.length);
        for (int i = 0; i < SealCipher.TAG_BYTES; i++) {
            byte expected = i < Long.BYTES ? (byte) (sum >>> 8 * (Long.BYTES - 1 - i)) : 0;
            assertEquals(expected, sealed[OFFSET + PLAIN.length + i], "byte " + i);
        }
    }

    /** As the cipher makes it. */
    private static long secret() {
        return FrameChecksums.mix(FrameChecksums.mix(FrameChecksums.mix(3 ^ 17) ^ 1) ^ 2);
    }

    @Test
    void a_frame_with_another_bit_or_too_few_bytes_cannot_be_opened() {
        seal();
        for (int i = OFFSET; i < OFFSET + PLAIN.length + Long.BYTES; i++) {
            sealed[i] ^= 1;
            assertFalse(open(), "byte " + i);
            sealed[i] ^= 1;
        }

        assertTrue(open());
        assertFalse(cipher.open(key, 7, AAD, AAD.length, sealed, 0, SealCipher.TAG_BYTES - 1, opened, 0));
    }
}
