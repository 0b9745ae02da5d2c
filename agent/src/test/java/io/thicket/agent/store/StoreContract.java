package io.thicket.agent.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.agent.port.Store;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Store} does. */
public abstract class StoreContract {
    /** An empty store. */
    protected abstract Store store() throws IOException;

    @Test
    void a_value_never_written_is_empty() throws IOException {
        assertEquals(Optional.empty(), store().read("epoch"));
    }

    @Test
    void the_last_value_written_is_read() throws IOException {
        Store store = store();
        store.write("epoch", new byte[] {1, 2, 3});
        store.write("epoch", new byte[] {4});
        store.write("identity.key", new byte[0]);

        assertArrayEquals(new byte[] {4}, store.read("epoch").orElseThrow());
        assertArrayEquals(new byte[0], store.read("identity.key").orElseThrow());
    }

    @Test
    void values_are_copies() throws IOException {
        Store store = store();
        byte[] value = {1};
        store.write("epoch", value);
        value[0] = 9;
        store.read("epoch").orElseThrow()[0] = 9;

        assertArrayEquals(new byte[] {1}, store.read("epoch").orElseThrow());
    }

    @Test
    void limits_are_kept() throws IOException {
        Store store = store();
        store.write("a".repeat(64), new byte[64 * 1024]);

        assertEquals(64 * 1024, store.read("a".repeat(64)).orElseThrow().length);
        assertThrows(IllegalArgumentException.class, () -> store.write("large", new byte[64 * 1024 + 1]));
        for (String name : new String[] {"", "a".repeat(65), "A", "a/b", "..", ".", ".lock", "a~", "ä", "a\0"}) {
            assertThrows(IllegalArgumentException.class, () -> store.read(name), name);
            assertThrows(IllegalArgumentException.class, () -> store.write(name, new byte[0]), name);
        }
    }
}
