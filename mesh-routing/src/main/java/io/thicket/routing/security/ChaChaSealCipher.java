package io.thicket.routing.security;

import io.thicket.routing.NodeId;

/** ChaCha20-Poly1305 (RFC 8439) under keys from HKDF-SHA256 (RFC 5869). */
@SuppressWarnings("DoNotCallSuggester")
public final class ChaChaSealCipher implements SealCipher {
    /** Bytes of a network key. */
    public static final int NETWORK_KEY_BYTES = 32;

    /** For the network named {@code networkId} (1 to 64 bytes) with the shared {@code networkKey} (32 bytes). */
    public ChaChaSealCipher(byte[] networkId, byte[] networkKey) {
        if (networkId.length == 0 || networkKey.length != NETWORK_KEY_BYTES) {
            throw new IllegalArgumentException("network id or key");
        }
    }

    @Override
    public byte keyId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void seal(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean open(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        throw new UnsupportedOperationException();
    }
}
