package io.thicket.routing.security;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA256 (RFC 5869). Not thread-safe: it reuses one {@link Mac}. */
final class Hkdf {
    static final int HASH_BYTES = 32;
    private static final int MAX_OUTPUT_BYTES = 255 * HASH_BYTES;
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    Hkdf() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }

    /** RFC 5869 2.2. */
    byte[] extract(byte[] salt, byte[] inputKey) {
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, inputKey);
    }

    /** RFC 5869 2.3: {@code length} bytes, at most 8160. */
    byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        if (length < 1 || length > MAX_OUTPUT_BYTES) {
            throw new IllegalArgumentException("HKDF output of " + length + " bytes");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int done = 0;
        for (int counter = 1; done < length; counter++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) counter;
            block = hmac(pseudoRandomKey, input);
            int part = Math.min(block.length, length - done);
            System.arraycopy(block, 0, output, done, part);
            done += part;
        }
        return output;
    }

    byte[] hmac(byte[] key, byte[] message) {
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("an HMAC takes any key that is not empty", e);
        }
    }
}
