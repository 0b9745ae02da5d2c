package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ByEpochTest {
    private static final int MAX = 4;

    @Test
    void it_keeps_what_a_sorted_map_without_its_lowest_keeps() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            ByEpoch<String> kept = new ByEpoch<>();
            TreeMap<Long, String> model = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                long epoch = random.nextInt(12);
                String made = "made " + i;

                assertEquals(model.getOrDefault(epoch, made), kept.getOrMake(epoch, MAX, () -> made));

                model.putIfAbsent(epoch, made);
                if (model.size() > MAX) {
                    model.pollFirstEntry();
                }
                for (long each = 0; each < 12; each++) {
                    assertEquals(model.get(each), kept.get(each), "epoch " + each);
                }
                assertEquals(model.size(), kept.size());
            }
        }
    }
}
