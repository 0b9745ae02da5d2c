package io.thicket.routing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A node's name on the mesh: the first eight bytes of the SHA-256 of its Ed25519 public key, as one big-endian number.
 * The text form is 16 lower-case hexadecimal digits.
 */
public record NodeId(long value) implements Comparable<NodeId> {
    /** Bytes of a NodeId on the wire. */
    public static final int BYTES = 8;

    /** The NodeId that belongs to {@code publicKey} (32 bytes). */
    public static NodeId ofPublicKey(byte[] publicKey) {
        if (publicKey.length != 32) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + publicKey.length);
        }
        try {
            return ofBytes(MessageDigest.getInstance("SHA-256").digest(publicKey), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Reads eight bytes, big-endian, at {@code offset}. */
    public static NodeId ofBytes(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < BYTES; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return new NodeId(value);
    }

    /** Parses 16 hexadecimal digits; anything else is an {@link IllegalArgumentException}. */
    public static NodeId parse(String text) {
        if (text.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a NodeId has 16 hexadecimal digits: '" + text + "'");
        }
        return ofBytes(HexFormat.of().parseHex(text), 0);
    }

    /** The eight bytes, big-endian. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (value >>> (56 - 8 * i));
        }
        return bytes;
    }

    /** The first four bytes, as frames carry them in clear. */
    public int prefix() {
        return (int) (value >>> 32);
    }

    @Override
    public boolean equals(@Nullable Object other) { // what a record has by itself is several calls more
        return other instanceof NodeId that && value == that.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** Unsigned order, as the hexadecimal text sorts. */
    @Override
    public int compareTo(NodeId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
