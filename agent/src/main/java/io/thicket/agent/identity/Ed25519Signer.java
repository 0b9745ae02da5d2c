package io.thicket.agent.identity;

import io.thicket.routing.security.Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signs with an Ed25519 key (RFC 8032), see {@link Ed25519Verifier}. */
public final class Ed25519Signer implements Signer {
    /** Bytes of a private key. */
    public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    /** {@code seed}: the private key, 32 bytes. */
    public Ed25519Signer(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 private key has 32 bytes, not " + seed.length);
        }
        this.seed = seed.clone();
        Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
