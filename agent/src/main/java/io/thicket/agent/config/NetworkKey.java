package io.thicket.agent.config;

import java.util.HexFormat;

/** A network's id and its 32-byte key. The text form does not show the key. */
public final class NetworkKey {
    /** Bytes of the key. */
    public static final int KEY_BYTES = 32;

    private final String id;
    private final byte[] key;

    NetworkKey(String id, byte[] key) {
        this.id = id;
        this.key = key.clone();
    }

    /** {@code [a-z0-9_-]{1,32}}. */
    public String id() {
        return id;
    }

    /** A copy of the key. */
    public byte[] key() {
        return key.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(key);
    }

    @Override
    public String toString() {
        return "network " + id;
    }
}
