package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A node's address for CoAP: the IPv6 ULA {@code fd | first 40 bits of SHA-256(network id) | 0000 | NodeId} (RFC 4193). It
 * is a name that looks like an address to Californium and to URIs; no interface ever has it.
 *
 * @param prefix the upper 64 bits: {@code fd}, 40 bits of the network, 16 zero bits
 * @param id the lower 64 bits
 */
public record MeshAddress(long prefix, NodeId id) {
    /** The port of every mesh endpoint. */
    public static final int PORT = 5683;

    private static final int BYTES = 16;
    private static final int GROUPS = 8;

    public MeshAddress {
        if (prefix >>> 56 != 0xfd || (prefix & 0xffff) != 0) {
            throw new IllegalArgumentException("not a mesh prefix: " + Long.toHexString(prefix));
        }
    }

    /** The address of {@code id} in the network whose id is {@code networkId} (its UTF-8 bytes are hashed). */
    public static MeshAddress of(String networkId, NodeId id) {
        return new MeshAddress(prefixOf(networkId), id);
    }

    /** The upper 64 bits of all addresses of a network. */
    public static long prefixOf(String networkId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(networkId.getBytes(StandardCharsets.UTF_8));
            return 0xfd00000000000000L | (ByteBuffer.wrap(hash).getLong() >>> 24 << 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The address in the 16 bytes of {@code address}; empty if that is none of a mesh. */
    public static Optional<MeshAddress> of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != BYTES || (bytes[0] & 0xff) != 0xfd || bytes[6] != 0 || bytes[7] != 0) {
            return Optional.empty();
        }
        return Optional.of(new MeshAddress(ByteBuffer.wrap(bytes).getLong(), NodeId.ofBytes(bytes, 8)));
    }

    /** Parses IPv6 text, with or without brackets; empty if it is not a mesh address. Never asks a name server. */
    public static Optional<MeshAddress> parse(String text) {
        String literal = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (literal.length() > 39 || literal.indexOf(':') < 0 || !literal.matches("[0-9a-fA-F:]+")) {
            return Optional.empty();
        }
        try {
            return of(InetAddress.getByName(literal)); // a literal with a colon is parsed, never looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** As Java's address, made from bytes so that no name look-up can happen. */
    public Inet6Address toInetAddress() {
        try {
            return Inet6Address.getByAddress(null, toBytes(), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an IPv6 address", e);
        }
    }

    private byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(prefix).putLong(id.value()).array();
    }

    /** The text of RFC 5952: lower case, the longest run of two or more zero groups shortened. */
    public String text() {
        ByteBuffer groups = ByteBuffer.wrap(toBytes());
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = 0;
            while (start + length < GROUPS && groups.getShort(2 * (start + length)) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = start;
                bestLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append(i == 0 ? "::" : ":");
                i += bestLength - 1;
            } else {
                text.append(Integer.toHexString(groups.getShort(2 * i) & 0xffff))
                        .append(i < GROUPS - 1 ? ":" : "");
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
