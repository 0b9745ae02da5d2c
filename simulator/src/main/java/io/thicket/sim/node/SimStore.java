package io.thicket.sim.node;

import io.thicket.agent.port.Store;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A node's disk: it survives crashes of the node. A write can be made to fail, or the power can be cut inside it; as the
 * port promises, the value is then the old one or the new one and nothing between.
 */
public final class SimStore implements Store {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int MAX_VALUE_BYTES = 64 * 1024;

    private final Map<String, byte[]> values = new TreeMap<>();
    private boolean failing;
    private int writesUntilCut = -1;
    private boolean cutAfterWrite;
    private long writes;

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        requireName(name);
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
        requireName(name);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("value of " + value.length + " bytes");
        }
        if (failing) {
            throw new IOException("no space left on the simulated disk");
        }
        boolean cut = writesUntilCut == 0;
        if (writesUntilCut >= 0) {
            writesUntilCut--;
        }
        if (!cut || cutAfterWrite) {
            values.put(name, value.clone());
            writes++;
        }
        if (cut) {
            throw new PowerCut(name);
        }
    }

    /** Whether every write fails from now on. */
    public void failWrites(boolean fail) {
        failing = fail;
    }

    /**
     * Cuts the power inside a coming write.
     *
     * @param skip writes that still succeed before
     * @param afterWrite whether the new value is on the disk when the power goes
     */
    public void cutPower(int skip, boolean afterWrite) {
        writesUntilCut = skip;
        cutAfterWrite = afterWrite;
    }

    /** A copy of the whole disk, as people make of SD cards. */
    public Image image() {
        return new Image(new TreeMap<>(values));
    }

    /** Replaces the whole disk. */
    public void restore(Image image) {
        values.clear();
        values.putAll(image.values());
    }

    /** The content of a disk. */
    public record Image(Map<String, byte[]> values) {}

    /** Writes that reached the disk. */
    public long writes() {
        return writes;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("store name '" + name + "'");
        }
    }
}
