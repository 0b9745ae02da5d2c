package io.thicket.agent.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Store;
import io.thicket.agent.store.MemoryStore;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {
    private final MemoryStore store = new MemoryStore();

    @Test
    void identity_stays_and_random_is_used_once() throws IOException {
        NodeIdentity first = NodeIdentity.loadOrCreate(store, new Random(1));
        NodeIdentity second = NodeIdentity.loadOrCreate(store, new Random(2));

        assertEquals(first.id(), second.id());
        assertArrayEquals(first.publicKey(), second.publicKey());
        assertEquals(NodeId.ofPublicKey(first.publicKey()), first.id());
        assertNotEquals(
                first.id(),
                NodeIdentity.loadOrCreate(new MemoryStore(), new Random(2)).id());
        byte[] message = {1};
        assertTrue(new Ed25519Verifier()
                .verify(second.publicKey(), message, first.signer().sign(message)));
    }

    @Test
    void every_damage_of_the_key_is_found_and_nothing_is_made_anew() throws IOException {
        NodeIdentity.loadOrCreate(store, new Random(1));
        byte[] good = store.read(NodeIdentity.KEY_NAME).orElseThrow();
        for (int at = 0; at < good.length - 1; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            damaged(bad);
            damaged(new String(good, StandardCharsets.US_ASCII)
                    .substring(0, at)
                    .strip()
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void epoch_grows_with_every_boot() throws IOException {
        NodeIdentity.loadOrCreate(store, new Random(1));

        assertEquals(1, new EpochStore(store).next());
        assertEquals(2, new EpochStore(store).next());
        new EpochStore(store).raiseTo(70);
        assertEquals(71, new EpochStore(store).next());
        assertThrows(IllegalArgumentException.class, () -> new EpochStore(store).raiseTo(71));
        assertThrows(IllegalArgumentException.class, () -> new EpochStore(store).raiseTo(EpochStore.MAX_EPOCH + 1));
    }

    @Test
    void damaged_or_missing_epoch_is_no_epoch_1() throws IOException {
        for (String bad :
                new String[] {"", "7", "-1\n", "x\n", "1\n2\n", "99999999999999999999\n", "999999999999999\n"}) {
            store.write(EpochStore.EPOCH_NAME, bad.getBytes(StandardCharsets.US_ASCII));
            String said = assertThrows(IOException.class, () -> new EpochStore(store).next(), bad)
                    .getMessage();
            assertTrue(said.startsWith("epoch in the data directory is damaged"), said);
        }
        String said = assertThrows(IOException.class, () -> new EpochStore(new MemoryStore()).next())
                .getMessage();
        assertTrue(said.startsWith("epoch in the data directory is missing"), said);
    }

    /** routing.md I5: power may fail at every write, and the next start works, without using a number twice. */
    @Test
    void power_cut_at_any_write_is_survived() throws IOException {
        for (int survived = 0; survived < 4; survived++) {
            FailingStore failing = new FailingStore(survived);
            List<Long> used = new ArrayList<>();
            try {
                NodeIdentity.loadOrCreate(failing, new Random(1));
                used.add(new EpochStore(failing).next());
            } catch (IOException e) {
                assertEquals("power cut", e.getMessage());
            }
            failing.writesLeft = 100;
            NodeIdentity.loadOrCreate(failing, new Random(1));
            used.add(new EpochStore(failing).next());

            assertEquals(used.stream().distinct().count(), used.size());
        }
    }

    private void damaged(byte[] bad) {
        store.write(NodeIdentity.KEY_NAME, bad);
        String said = assertThrows(
                        IOException.class,
                        () -> NodeIdentity.loadOrCreate(store, new Random(3)),
                        () -> new String(bad, StandardCharsets.ISO_8859_1))
                .getMessage();
        assertTrue(said.startsWith("identity.key in the data directory is damaged"), said);
        assertArrayEquals(bad, store.read(NodeIdentity.KEY_NAME).orElseThrow());
    }

    private static final class FailingStore implements Store {
        private final MemoryStore store = new MemoryStore();
        private int writesLeft;

        FailingStore(int writesLeft) {
            this.writesLeft = writesLeft;
        }

        @Override
        public Optional<byte[]> read(String name) {
            return store.read(name);
        }

        @Override
        public void write(String name, byte[] value) throws IOException {
            if (writesLeft-- <= 0) {
                throw new IOException("power cut");
            }
            store.write(name, value);
        }
    }
}
