package io.thicket.routing.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkedRowsTest {
    /** So that both halves of a number matter. */
    private static final long SPREAD = 0x8000_0001_8000_0001L;

    private record Key(long a, long b) {}

    @Test
    void rows_stay_with_their_keys_whatever_comes_and_goes() {
        SplittableRandom random = new SplittableRandom(1);
        LinkedRows rows = new LinkedRows(42, 3);
        Map<Key, Integer> model = new LinkedHashMap<>(16, 0.75f, true);
        for (int i = 1; i <= 200_000; i++) {
            Key key = new Key(SPREAD * random.nextInt(40), second(random, i));
            Integer known = model.get(key);
            int slot = rows.find(key.a(), key.b());
            assertEquals(known == null, slot == LinkedRows.NONE);
            if (known == null) {
                slot = rows.add(key.a(), key.b());
                assertEquals(0, rows.cell(slot, 0), "nothing of a removed row is left");
                assertEquals(0, rows.wideCell(slot, 1), "nothing of a removed row is left");
            } else {
                rows.touch(slot);
                assertEquals(known, rows.cell(slot, 0));
                assertEquals(SPREAD * known, rows.wideCell(slot, 1));
            }
            model.put(key, i);
            rows.setCell(slot, 0, i);
            rows.setWideCell(slot, 1, SPREAD * i);
            if (model.size() > random.nextInt(900)) {
                Key eldest = model.keySet().iterator().next();
                model.remove(eldest);
                assertEquals(eldest.a(), rows.firstKey(rows.oldest()));
                rows.remove(rows.oldest());
                assertEquals(LinkedRows.NONE, rows.find(eldest.a(), eldest.b()));
            }
        }
        assertTrue(rows.size() > 300, "a table that grew several times");
        List<Integer> inOrder = new ArrayList<>();
        for (int slot = rows.oldest(); slot != LinkedRows.NONE; slot = rows.younger(slot)) {
            inOrder.add(rows.cell(slot, 0));
        }
        assertEquals(new ArrayList<>(model.values()), inOrder);
    }

    /** None at first, then one of 32 bits, then any. */
    private static long second(SplittableRandom random, int round) {
        if (round < 60_000) {
            return 0;
        }
        return round < 120_000 ? 0xffff_ffffL - random.nextInt(40) : SPREAD * random.nextInt(40);
    }

    @Test
    void more_than_two_bytes_can_count_are_found_again() {
        LinkedRows rows = new LinkedRows(7, 1);
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            rows.setCell(rows.add(i, i % 3), 0, i);
            assertEquals(i + 1, rows.size());
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, rows.cell(rows.find(i, i % 3), 0));
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, rows.firstKey(rows.oldest()));
            rows.remove(rows.oldest());
        }
        assertEquals(LinkedRows.NONE, rows.oldest());
    }
}
