package io.thicket.agent.config;

import io.thicket.routing.NodeId;
import java.util.HexFormat;
import java.util.Set;

/** A network's id, its 32-byte key and who may be its gateways. The text form does not show the key. */
public final class NetworkKey {
    /** Bytes of the key. */
    public static final int KEY_BYTES = 32;

    private final String id;
    private final byte[] key;
    private final Set<NodeId> gateways;

    NetworkKey(String id, byte[] key) {
        this(id, key, Set.of());
    }

    NetworkKey(String id, byte[] key, Set<NodeId> gateways) {
        this.id = id;
        this.key = key.clone();
        this.gateways = Set.copyOf(gateways);
    }

    /** {@code [a-z0-9_-]{1,32}}. */
    public String id() {
        return id;
    }

    /** A copy of the key. */
    public byte[] key() {
        return key.clone();
    }

    /** The nodes that may be gateways; any node if there are none. */
    public Set<NodeId> gateways() {
        return gateways;
    }

    String hex() {
        return HexFormat.of().formatHex(key);
    }

    @Override
    public String toString() {
        return "network " + id;
    }
}
