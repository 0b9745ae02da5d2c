package io.thicket.routing.security;

/** Checks Ed25519 signatures; public keys of small order are never valid. */
public interface Verifier {
    /** Whether {@code signature} (64 bytes) of {@code message} is by the owner of {@code publicKey} (32 bytes). */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
