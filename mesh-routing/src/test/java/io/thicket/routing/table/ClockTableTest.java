package io.thicket.routing.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockTableTest {
    private static final class Some implements ClockTable.Entry {
        final long key;

        Some(long key) {
            this.key = key;
        }

        @Override
        public long key() {
            return key;
        }
    }

    private final ClockTable<Some> table = new ClockTable<>(5);

    private void fill(int entries) {
        for (int key = 0; key < entries; key++) {
            table.put(new Some(key));
        }
    }

    @Test
    void agrees_with_a_map() {
        Random random = new Random(7);
        Map<Long, Some> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long key = random.nextInt(1 << 1 + step / 3_000);
            Some some = new Some(key);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    table.put(some);
                    model.put(key, some);
                }
                case 4, 5, 6 -> {
                    table.remove(key);
                    model.remove(key);
                }
                default -> {
                    Set<Some> gone = new HashSet<>();
                    table.removeIf(entry -> entry.key % 5 == key % 5, gone::add);
                    Set<Some> wanted = new HashSet<>(model.values());
                    wanted.removeIf(entry -> entry.key % 5 != key % 5);
                    assertEquals(wanted, gone, "step " + step);
                    model.values().removeAll(gone);
                }
            }
            assertEquals(model.size(), table.size(), "step " + step);
            assertSame(model.get(key), table.find(key), "step " + step);
        }
        Set<Some> all = new HashSet<>();
        table.forEach(all::add);
        assertEquals(new HashSet<>(model.values()), all);
    }

    @Test
    void one_that_was_used_lately_does_not_give_way() {
        fill(100);
        Some kept = new Some(1_000);
        table.put(kept);
        table.use(kept);
        for (int i = 0; i < 100; i++) {
            assertNotSame(kept, table.giveWay(entry -> false), "after " + i);
        }
        assertSame(kept, table.giveWay(entry -> false));
        assertEquals(0, table.size());
        assertNull(table.giveWay(entry -> false));
    }

    @Test
    void that_one_was_used_is_not_lost_when_the_table_grows() {
        for (int used = 0; used < 100; used++) {
            ClockTable<Some> some = new ClockTable<>(used);
            put(some, 0, 100);
            use(some, used);
            put(some, 100, 400);
            giveWay(some, 200, used);
        }
    }

    @Test
    void that_one_was_used_is_not_lost_when_others_go_and_it_moves() {
        for (int used = 0; used < 380; used++) {
            ClockTable<Some> full = new ClockTable<>(used);
            put(full, 0, 380);
            use(full, used);
            for (int key = 0; key < 380; key++) {
                if (key % 8 != 0 && key != used) {
                    full.remove(key);
                }
            }
            giveWay(full, 40, used);
        }
    }

    private static void put(ClockTable<Some> table, int from, int to) {
        for (int key = from; key < to; key++) {
            table.put(new Some(key));
        }
    }

    private static void use(ClockTable<Some> table, int key) {
        Some used = table.find(key);
        assertNotNull(used);
        table.use(used);
    }

    private static void giveWay(ClockTable<Some> table, int times, int used) {
        for (int i = 0; i < times; i++) {
            Some gone = table.giveWay(entry -> false);
            assertTrue(gone != null && gone.key != used, used + " after " + i);
        }
    }

    @Test
    void it_does_not_matter_which_one_was_found_last() {
        for (int used = 0; used < 100; used++) {
            ClockTable<Some> some = new ClockTable<>(used);
            put(some, 0, 100);
            Some kept = some.find(used);
            some.find((used + 1) % 100);
            assertNotNull(kept);
            some.use(kept);
            giveWay(some, 99, used);
        }
    }

    @Test
    void to_use_one_that_has_gone_spares_no_other_one() {
        put(table, 0, 2);
        Some gone = table.find(0);
        assertNotNull(gone);
        table.remove(0);

        table.use(gone);

        assertNotNull(table.giveWay(entry -> false));
        assertEquals(0, table.size());
    }

    @Test
    void one_that_is_needed_does_not_give_way() {
        fill(10);
        for (int i = 0; i < 9; i++) {
            assertNotNull(table.giveWay(entry -> entry.key == 3));
        }
        assertNull(table.giveWay(entry -> entry.key == 3));
        assertEquals(1, table.size());
        assertNotNull(table.find(3));
    }
}
