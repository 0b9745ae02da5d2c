package io.thicket.routing.engine;

import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Stand-in signatures: a hash of key and message. The engine never looks inside. */
final class TestKeys {
    static final Verifier VERIFIER = (key, message, signature) -> Arrays.equals(signature, mac(key, message));

    private TestKeys() {}

    static Signer signer(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        key[1] = (byte) (number >> 8);
        key[31] = 7;
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return key.clone();
            }

            @Override
            public byte[] sign(byte[] message) {
                return mac(key, message);
            }
        };
    }

    private static byte[] mac(byte[] key, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(key);
            return digest.digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
