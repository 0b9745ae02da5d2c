package io.thicket.agent.identity;

import io.thicket.agent.port.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The number of a node's boot, which orders everything that it ever says (routing.md section 2.1). It is on the disk before it
 * is used, so that no two boots have one number.
 */
public final class EpochStore {
    /** The value's name in the store: a decimal number in text. */
    public static final String EPOCH_NAME = "epoch";

    /** Far beyond any number of boots, and safe to add to. */
    public static final long MAX_EPOCH = 1L << 48;

    private final Store store;

    public EpochStore(Store store) {
        this.store = store;
    }

    /** The number of this boot, one more than the last; it is stored when this returns. Called once per boot. */
    public long next() throws IOException {
        Optional<byte[]> stored = store.read(EPOCH_NAME);
        if (stored.isEmpty()) {
            throw damaged("is missing");
        }
        long epoch = parse(stored.get()) + 1;
        save(epoch);
        return epoch;
    }

    /** Stores {@code epoch}, which is larger than the stored one: the mesh has shown a newer one of ours. */
    public void raiseTo(long epoch) throws IOException {
        Optional<byte[]> stored = store.read(EPOCH_NAME);
        if (stored.isEmpty()) {
            throw damaged("is missing");
        }
        if (epoch <= parse(stored.get()) || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("the epoch cannot become " + epoch);
        }
        save(epoch);
    }

    /** Makes the first value unless there is one. */
    void prepare() throws IOException {
        if (store.read(EPOCH_NAME).isEmpty()) {
            save(0);
        }
    }

    private void save(long epoch) throws IOException {
        store.write(EPOCH_NAME, (epoch + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static long parse(byte[] stored) throws IOException {
        String text = new String(stored, StandardCharsets.US_ASCII);
        // The end of line is part of the format: without it the number may have lost digits.
        if (text.matches("[0-9]{1,15}\n") && Long.parseLong(text.strip()) < MAX_EPOCH) {
            return Long.parseLong(text.strip());
        }
        throw damaged("is damaged");
    }

    private static IOException damaged(String how) {
        return new IOException(EPOCH_NAME + " in the data directory " + how + ": restore it from a backup, or delete "
                + EPOCH_NAME + " and " + NodeIdentity.KEY_NAME + " to become a new node");
    }
}
