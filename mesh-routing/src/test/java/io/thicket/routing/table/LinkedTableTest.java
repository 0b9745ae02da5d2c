package io.thicket.routing.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkedTableTest {
    private record Key(long a, long b) {}

    @Test
    void it_does_what_a_linked_hash_map_in_access_order_does() {
        SplittableRandom random = new SplittableRandom(1);
        LinkedTable<String> table = new LinkedTable<>(42);
        Map<Key, String> model = new LinkedHashMap<>(16, 0.75f, true);
        for (int i = 0; i < 200_000; i++) {
            Key key = new Key(random.nextInt(40), random.nextInt(i < 100_000 ? 3 : 40));
            int slot = table.find(key.a(), key.b());
            switch (random.nextInt(4)) {
                case 0 -> {
                    assertEquals(model.remove(key), slot == LinkedTable.NONE ? null : table.value(slot));
                    table.remove(key.a(), key.b());
                }
                case 1 -> {
                    assertEquals(model.get(key), table.get(key.a(), key.b()));
                    if (slot != LinkedTable.NONE) {
                        table.touch(slot);
                    }
                }
                case 2 -> {
                    if (slot == LinkedTable.NONE) {
                        model.put(key, key + "@" + i);
                        table.add(key.a(), key.b(), key + "@" + i);
                    }
                }
                default -> {
                    if (!model.isEmpty() && model.size() > random.nextInt(600)) {
                        Key eldest = model.keySet().iterator().next();
                        assertEquals(eldest.a(), table.firstKey(table.oldest()));
                        assertEquals(model.remove(eldest), table.value(table.oldest()));
                        table.remove(table.oldest());
                    }
                }
            }
            if (i % 500 == 0) {
                assertEquals(new ArrayList<>(model.values()), inOrder(table));
            }
        }
        assertTrue(table.size() > 100);
        assertEquals(new ArrayList<>(model.values()), inOrder(table));
    }

    @Test
    void a_removed_entry_is_gone_and_its_slot_serves_again() {
        LinkedTable<String> table = new LinkedTable<>(0);
        int slot = table.add(1, 2, "one");
        table.remove(slot);

        assertNull(table.get(1, 2));
        assertEquals(LinkedTable.NONE, table.oldest());
        assertEquals(slot, table.add(3, 4, "two"));
        assertEquals(1, table.size());
    }

    @Test
    void a_second_number_may_come_after_many_without_one() {
        LinkedTable<String> table = new LinkedTable<>(0);
        for (int a = 0; a < 100; a++) {
            table.add(a, 0, "first " + a);
        }
        table.add(7, 1, "second");
        for (int a = 100; a < 200; a++) {
            table.add(a, 0, "first " + a);
        }

        assertEquals("first 7", table.get(7, 0));
        assertEquals("second", table.get(7, 1));
        assertNull(table.get(8, 1));
        assertEquals(201, inOrder(table).size());
    }

    private static List<String> inOrder(LinkedTable<String> table) {
        List<String> values = new ArrayList<>();
        for (int slot = table.oldest(); slot != LinkedTable.NONE; slot = table.younger(slot)) {
            values.add(table.value(slot));
        }
        assertEquals(table.size(), values.size());
        return values;
    }
}
