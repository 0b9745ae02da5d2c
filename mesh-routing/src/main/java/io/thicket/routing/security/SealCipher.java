package io.thicket.routing.security;

import io.thicket.routing.NodeId;

/**
 * The cryptography under {@link FrameGuard}. Not thread-safe. The production one is {@link ChaChaSealCipher}; large
 * simulations may take a cheap stand-in with the same sizes.
 */
public interface SealCipher {
    /** Bytes that sealing adds. */
    int TAG_BYTES = 16;

    /** The key of one boot, as {@link #key} made it. */
    interface SealKey {}

    /** Names the network and its key without giving them away; another value means another network. */
    byte keyId();

    /** The frame key of the boot ({@code id}, {@code epoch}, {@code salt}). */
    SealKey key(NodeId id, long epoch, long salt);

    /** The first four bytes of a hash of the boot. */
    int bootTag(NodeId id, long epoch, long salt);

    /**
     * Seals {@code length} bytes of {@code input}; {@code output} receives {@code length + TAG_BYTES}. A key must never
     * see the same {@code counter} twice.
     */
    void seal(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset);

    /**
     * Opens {@code length} bytes (tag included) of {@code input} into {@code output}; false if they were not sealed so.
     * The output's content is then meaningless.
     */
    boolean open(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset);

    /** A keyed hash of three numbers that nobody without {@code secret} predicts; challenges are made of it. */
    long mac(long secret, long a, long b, long c);
}
