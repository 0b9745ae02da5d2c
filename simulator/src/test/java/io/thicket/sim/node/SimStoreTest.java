package io.thicket.sim.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SimStoreTest {
    private final SimStore store = new SimStore();

    @Test
    void a_value_is_kept_and_cannot_be_changed_from_outside() throws IOException {
        byte[] value = {1};
        store.write("epoch", value);
        value[0] = 9;
        store.read("epoch").orElseThrow()[0] = 9;

        assertArrayEquals(new byte[] {1}, store.read("epoch").orElseThrow());
        assertTrue(store.read("key").isEmpty());
    }

    @Test
    void a_power_cut_leaves_the_old_value_or_the_new_one() throws IOException {
        store.write("epoch", new byte[] {1});

        store.cutPower(0, false);
        assertThrows(PowerCut.class, () -> store.write("epoch", new byte[] {2}));
        assertArrayEquals(new byte[] {1}, store.read("epoch").orElseThrow());

        store.cutPower(1, true);
        store.write("epoch", new byte[] {3});
        assertThrows(PowerCut.class, () -> store.write("epoch", new byte[] {4}));
        assertArrayEquals(new byte[] {4}, store.read("epoch").orElseThrow());

        store.write("epoch", new byte[] {5});
        assertEquals(4, store.writes());
    }

    @Test
    void a_full_disk_refuses_and_keeps_the_old_value() throws IOException {
        store.write("epoch", new byte[] {1});

        store.failWrites(true);

        assertThrows(IOException.class, () -> store.write("epoch", new byte[] {2}));
        assertArrayEquals(new byte[] {1}, store.read("epoch").orElseThrow());
    }

    @Test
    void names_and_sizes_are_those_of_the_port() {
        assertThrows(IllegalArgumentException.class, () -> store.write("../epoch", new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> store.read("Epoch"));
        assertThrows(IllegalArgumentException.class, () -> store.write("epoch", new byte[65537]));
    }
}
