package io.thicket.agent.config;

/** Network keys for tests of other packages. */
public final class TestKeys {
    private TestKeys() {}

    /** A network's key that is all zeros. */
    public static NetworkKey zero(String id) {
        return new NetworkKey(id, new byte[NetworkKey.KEY_BYTES]);
    }
}
