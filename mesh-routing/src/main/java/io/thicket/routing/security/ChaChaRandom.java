package io.thicket.routing.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random numbers that nobody can predict who does not know the seed, and that the seed repeats: the ChaCha20 key stream
 * (RFC 8439) under a seed of 32 secret random bytes, new for every boot. So a node can be replayed from its log.
 */
public final class ChaChaRandom implements RandomGenerator {
    /** Bytes of a seed. */
    public static final int SEED_BYTES = 32;

    private static final int BLOCK_BYTES = 1_024;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final Cipher cipher;
    private ByteBuffer stream = ByteBuffer.allocate(0);

    /** The generator of this seed. */
    public ChaChaRandom(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes, not " + seed.length);
        }
        try {
            cipher = Cipher.getInstance("ChaCha20");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(seed, "ChaCha20"),
                    new ChaCha20ParameterSpec(new byte[12], 0));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK since 11 has ChaCha20", e);
        }
    }

    @Override
    public long nextLong() {
        if (!stream.hasRemaining()) {
            // 2^32 blocks of 64 bytes: a million numbers a second for a day and a half, a router draws a few.
            stream = ByteBuffer.wrap(cipher.update(ZEROS));
        }
        return stream.getLong();
    }
}
