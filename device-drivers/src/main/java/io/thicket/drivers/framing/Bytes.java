package io.thicket.drivers.framing;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that do not change. */
public final class Bytes {
    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes copyOf(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /**
     * Bytes written as {@code 42 4D}; spaces between them may be left out. Anything else is an
     * {@link IllegalArgumentException}.
     */
    public static Bytes parse(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex.replaceAll("\\s+", "")));
    }

    public int length() {
        return bytes.length;
    }

    /** 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** A copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Whether {@code buffer} has these bytes at {@code offset}; it must be long enough. */
    public boolean matches(byte[] buffer, int offset) {
        return Arrays.equals(bytes, 0, bytes.length, buffer, offset, offset + bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes those && Arrays.equals(bytes, those.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
    }
}
