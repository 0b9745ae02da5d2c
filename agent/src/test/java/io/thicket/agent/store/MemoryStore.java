package io.thicket.agent.store;

import io.thicket.agent.port.Store;
import java.util.Optional;
import java.util.TreeMap;

/** A store without a disk; a simulated node keeps it over its restarts. */
public final class MemoryStore implements Store {
    private final TreeMap<String, byte[]> values = new TreeMap<>();

    @Override
    public Optional<byte[]> read(String name) {
        StoreRules.requireName(name);
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value) {
        StoreRules.requireName(name);
        StoreRules.requireValue(name, value);
        values.put(name, value.clone());
    }
}
