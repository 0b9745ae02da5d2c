package io.thicket.routing.security;

/** Signs with the node's own Ed25519 key. */
public interface Signer {
    /** The public key, 32 bytes, a copy. */
    byte[] publicKey();

    /** The signature of {@code message}, 64 bytes. The message begins with its context string and a zero byte. */
    byte[] sign(byte[] message);
}
