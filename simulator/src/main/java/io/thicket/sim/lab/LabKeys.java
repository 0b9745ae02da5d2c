package io.thicket.sim.lab;

import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import io.thicket.sim.kernel.Seeds;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Stand-in signatures of the true size: a hash of key and message. The engine never looks inside. */
final class LabKeys {
    static final Verifier VERIFIER = (key, message, signature) -> Arrays.equals(signature, hash(key, message));

    private LabKeys() {}

    /** Whose key is made anew each time: it is asked for once or twice a boot. */
    static Signer signer(Seeds seeds, int node) {
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return LabKeys.publicKey(seeds, node);
            }

            @Override
            public byte[] sign(byte[] message) {
                return hash(publicKey(), message);
            }
        };
    }

    static byte[] publicKey(Seeds seeds, int node) {
        return seeds.bytes("identity", node, 32);
    }

    private static byte[] hash(byte[] key, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update(key);
            return digest.digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-512", e);
        }
    }
}
