package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int NODES = 3;
    private static final int EPOCHS = 6;
    private static final int SEQS = 60;

    private record Reading(int source, long epoch, long seq) {}

    @Test
    void numbers_of_readings_are_those_of_a_map_of_all_of_them() {
        Random random = new Random(5);
        for (int run = 0; run < 300; run++) {
            Ledger ledger = new Ledger(NODES, name -> -1);
            Map<Reading, Long> model = new HashMap<>();
            long[] epochs = new long[NODES];
            long[] seqs = new long[NODES];
            long[] numbers = new long[NODES];
            for (int i = 0; i < 60; i++) {
                int source = random.nextInt(NODES);
                int what = random.nextInt(20);
                if (what == 0 && epochs[source] < EPOCHS - 1) {
                    epochs[source]++; // a boot
                    seqs[source] = 0;
                } else if (what == 1 && epochs[source] < EPOCHS - 1) {
                    epochs[source]++; // an epoch repair: seqs go on
                } else {
                    numbers[source] += what < 5 ? 2 : 1; // a packet to another node is no reading
                    seqs[source]++;
                    ledger.numbered(source, epochs[source], seqs[source], numbers[source]);
                    model.put(new Reading(source, epochs[source], seqs[source]), numbers[source]);
                }
            }
            for (int source = -1; source <= NODES; source++) {
                for (long epoch = 0; epoch < EPOCHS; epoch++) {
                    for (long seq = 0; seq < SEQS; seq++) {
                        assertEquals(
                                model.getOrDefault(new Reading(source, epoch, seq), 0L),
                                ledger.numberOf(source, epoch, seq));
                    }
                }
            }
        }
    }

    /** What the books should say of one packet. */
    private static final class Entry {
        final int source;
        final long createdUs;
        final List<Measured> values;
        long deliveredUs = Ledger.NONE;
        int hops = Ledger.NONE;
        int copies;
        boolean died;
        boolean settled;

        Entry(int source, long createdUs, List<Measured> values) {
            this.source = source;
            this.createdUs = createdUs;
            this.values = values;
        }
    }

    @Test
    void it_says_of_packets_what_a_list_of_objects_does() {
        Random random = new Random(6);
        for (int run = 0; run < 20; run++) {
            Ledger ledger = new Ledger(NODES, name -> -1);
            List<Entry> model = new ArrayList<>();
            Map<Integer, List<Entry>> bySource = new HashMap<>();
            long unknown = 0;
            for (int i = 0; i < 2_000; i++) {
                int source = random.nextInt(NODES);
                List<Entry> its = bySource.computeIfAbsent(source, unused -> new ArrayList<>());
                int number = 1 + random.nextInt(its.size() + 1);
                int what = random.nextInt(400);
                if (what < 200) {
                    List<Measured> values = what < 20 ? List.of(new Measured("t", null, i)) : List.of();
                    Entry made = new Entry(source, i, values);
                    model.add(made);
                    its.add(made);
                    assertEquals(its.size(), ledger.created(source, -source, i, i % 7, values));
                } else if (what < 399) {
                    ledger.delivered(i, source, number, what);
                    if (number > its.size()) {
                        unknown++;
                    } else {
                        Entry entry = its.get(number - 1);
                        entry.copies++;
                        entry.hops = entry.deliveredUs < 0 ? what : entry.hops;
                        entry.deliveredUs = entry.deliveredUs < 0 ? i : entry.deliveredUs;
                        ledger.packet(source, number).settle();
                        entry.settled = true;
                    }
                } else {
                    ledger.died(source);
                    its.forEach(entry -> entry.died = true);
                }
            }
            ledger.delivered(0, -1, 1, 1);
            ledger.delivered(0, NODES, 1, 1);
            ledger.delivered(0, 0, 0, 1);
            assertEquals(unknown + 3, ledger.unknown());
            assertEquals(model.size(), ledger.packets().size());
            for (int i = 0; i < model.size(); i++) {
                Entry entry = model.get(i);
                Ledger.Packet packet = ledger.packets().get(i);
                assertEquals(entry.source, packet.source());
                assertEquals(-entry.source, packet.destination());
                assertEquals(entry.createdUs, packet.createdUs());
                assertEquals(entry.createdUs % 7, packet.shortest());
                assertEquals(entry.values, packet.values());
                assertEquals(entry.deliveredUs, packet.deliveredUs());
                assertEquals(entry.hops, packet.hops());
                assertEquals(entry.copies, packet.copies());
                assertEquals(entry.died, packet.sourceDied());
                assertEquals(entry.settled && entry.deliveredUs < 0, packet.isLostSilently());
            }
        }
    }

    @Test
    void what_is_settled_and_never_came_is_lost_silently() {
        Ledger ledger = new Ledger(NODES, name -> -1);
        ledger.numbered(1, 4, 1, ledger.created(1, 0, 0, 1, List.of()));
        ledger.numbered(1, 4, 2, ledger.created(1, 0, 0, 1, List.of()));

        ledger.settled(1, 4, 2);

        assertEquals(
                List.of(false, true),
                ledger.packets().stream().map(Ledger.Packet::isLostSilently).toList());
        assertThrows(IndexOutOfBoundsException.class, () -> ledger.packet(1, 3));
    }
}
