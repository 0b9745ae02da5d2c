package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tables that the engine has instead of the library's, beside the library's. */
class EngineTablesTest {
    @Test
    void a_destination_that_is_looked_for_again_is_found_where_others_came_and_went() {
        Destinations table = new Destinations(7);
        assertNull(table.find(new NodeId(0)));
        RouteEntry first = new RouteEntry(1, new NodeId(10));
        RouteEntry middle = new RouteEntry(1, new NodeId(20));
        RouteEntry last = new RouteEntry(1, new NodeId(30));
        table.insert(middle);
        table.insert(last);
        assertSame(middle, table.find(middle.destination()));

        table.insert(first);
        assertSame(middle, table.find(middle.destination()));
        assertSame(last, table.find(last.destination()));

        table.forget(List.of(middle));
        assertSame(last, table.find(last.destination()));
        assertNull(table.find(middle.destination()));

        table.forget(List.of(last));
        assertNull(table.find(last.destination()));
        assertSame(first, table.find(first.destination()));

        table.forget(List.of(first));
        assertNull(table.find(first.destination()));
    }

    @Test
    void destinations_are_found_and_walked_as_in_a_tree() {
        SplittableRandom random = new SplittableRandom(1);
        Destinations table = new Destinations(7);
        TreeMap<NodeId, RouteEntry> model = new TreeMap<>();
        Map<RouteEntry, Integer> times = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            NodeId id = new NodeId(random.nextInt(4_000) * 0x1234_5678_9abc_def1L);
            assertSame(model.get(id), table.find(id));
            int changes = table.changes();
            if (!model.containsKey(id)) {
                RouteEntry entry = new RouteEntry(1, id);
                model.put(id, entry);
                table.insert(entry);
                times.put(entry, 0);
                assertNotEquals(changes, table.changes());
            } else {
                int time = random.nextInt(1_000);
                table.setTime(model.get(id), time);
                times.put(model.get(id), time);
            }
            changes = table.changes();
            if (random.nextInt(200) == 0) {
                List<RouteEntry> gone = new ArrayList<>();
                for (RouteEntry entry : table) {
                    if (random.nextInt(4) == 0) {
                        gone.add(entry);
                    }
                }
                table.forget(gone);
                assertNotEquals(changes, table.changes());
                gone.forEach(entry -> model.remove(entry.destination()));
                assertEquals(new ArrayList<>(model.values()), table);
                for (RouteEntry entry : table) {
                    assertSame(entry, table.find(entry.destination()));
                }
                int until = random.nextInt(-1, 1_001);
                assertEquals(
                        model.values().stream()
                                .filter(entry -> times.getOrDefault(entry, -1) <= until)
                                .toList(),
                        table.upTo(until));
                assertEquals(
                        model.values().stream()
                                .mapToInt(entry -> times.getOrDefault(entry, -1))
                                .filter(time -> time > until)
                                .min()
                                .orElse(Integer.MAX_VALUE),
                        table.firstAfter(until));
            }
        }
        assertEquals(new ArrayList<>(model.values()), table);
    }

    @Test
    void windows_of_duplicates_forget_as_linked_maps_do() {
        record Boot(long origin, long epoch) {}
        int perOrigin = 8;
        Seq far = new Seq(1, 1);
        DataFields near = new DataFields();
        near.descent(far, 1);
        SplittableRandom random = new SplittableRandom(2);
        RelayedMessages windows = new RelayedMessages(perOrigin, 99);
        LinkedHashMap<Boot, LinkedHashMap<Long, Integer>> model = new LinkedHashMap<>(16, 0.75f, true);
        for (int i = 1; i <= 300_000; i++) {
            long origin = random.nextInt(3_000);
            long epoch = random.nextInt(2);
            long number = random.nextInt(12) + 0xffff_fff0L;
            Map<Long, Integer> known = model.get(new Boot(origin, epoch));
            Integer turn = known == null ? null : known.get(number);
            int found = windows.find(new NodeId(origin), epoch, number);
            assertEquals(turn, found == DedupWindows.UNKNOWN ? null : (Integer) windows.turn(found));
            if (turn == null) {
                if (known == null && model.size() >= DedupWindows.MAX_ORIGINS) {
                    model.remove(model.keySet().iterator().next());
                }
                LinkedHashMap<Long, Integer> window =
                        model.computeIfAbsent(new Boot(origin, epoch), unused -> new LinkedHashMap<>());
                if (window.size() >= perOrigin) {
                    window.remove(window.keySet().iterator().next());
                }
                int given = i % Data.MAX_TURN;
                window.put(number, given);
                int made = windows.remember(0, new NodeId(origin), epoch, number);
                assertEquals(0, windows.turn(made), "nothing of a forgotten message is left");
                assertFalse(windows.isHeld(made), "nothing of a forgotten message is left");
                assertTrue(windows.isDuplicate(made, near), "nothing of a forgotten message is left");
                windows.handedOn(made, PackedSeq.of(far), 99);
                windows.taken(made, given);
            }
        }
        assertEquals(model.values().stream().mapToInt(Map::size).sum(), windows.size());
    }

    @Test
    void the_windows_of_origins_are_full_only_together() {
        RelayedMessages windows = new RelayedMessages(RelayedMessages.PER_ORIGIN, 99);
        int origins = DedupWindows.MAX_MESSAGES / RelayedMessages.PER_ORIGIN;
        for (long origin = 0; origin <= origins; origin++) {
            for (long number = 1; number <= RelayedMessages.PER_ORIGIN; number++) {
                windows.remember(0, new NodeId(origin), 1, number);
            }
        }

        assertEquals(DedupWindows.MAX_MESSAGES, windows.size());
        assertEquals(DedupWindows.UNKNOWN, windows.find(new NodeId(0), 1, RelayedMessages.PER_ORIGIN));
        for (long origin = 1; origin <= origins; origin++) {
            for (long number = 1; number <= RelayedMessages.PER_ORIGIN; number++) {
                assertNotEquals(DedupWindows.UNKNOWN, windows.find(new NodeId(origin), 1, number));
            }
        }
    }

    @Test
    void exchanges_come_due_in_order_of_deadline_then_of_sending() {
        SplittableRandom random = new SplittableRandom(3);
        ExchangeTimers timers = new ExchangeTimers();
        TreeSet<Exchange> model = new TreeSet<>(Comparator.<Exchange>comparingLong(exchange -> exchange.deadlineMs)
                .thenComparingLong(exchange -> exchange.order));
        List<Exchange> all = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            if (random.nextInt(100) < 52) {
                Exchange exchange = new Exchange();
                exchange.order = i;
                exchange.deadlineMs = random.nextInt(300);
                timers.add(exchange);
                model.add(exchange);
                all.add(exchange);
            } else if (!all.isEmpty()) {
                Exchange exchange =
                        random.nextBoolean() && !model.isEmpty() ? model.first() : all.get(random.nextInt(all.size()));
                timers.remove(exchange);
                model.remove(exchange);
            }
            assertSame(model.isEmpty() ? null : model.first(), timers.peek());
        }
    }
}
