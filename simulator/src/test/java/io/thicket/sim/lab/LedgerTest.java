package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
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
}
