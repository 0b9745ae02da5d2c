package io.thicket.routing;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A neighbour's address on one link, opaque to the engine: 1 to 18 bytes that the link gave and understands (UDP: the
 * IP address, then the port in two bytes).
 */
public final class LinkAddress {
    /** Everybody on the link who listens: multicast, broadcast, or a copy to each listed peer. */
    public static final LinkAddress ALL = new LinkAddress(new byte[0]);

    private static final int MAX_BYTES = 18;

    private final byte[] bytes;
    private final int hash;

    private LinkAddress(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** A copy of {@code bytes} as an address. */
    public static LinkAddress of(byte... bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a link address has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new LinkAddress(bytes.clone());
    }

    /** A copy of the bytes; empty for {@link #ALL}. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return bytes.length == 0 ? "all" : HexFormat.of().formatHex(bytes);
    }
}
