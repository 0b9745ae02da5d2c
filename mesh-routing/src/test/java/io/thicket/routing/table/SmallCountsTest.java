package io.thicket.routing.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallCountsTest {
    private static final class Four extends SmallCounts {
        Four() {
            super(4);
        }
    }

    @Test
    void they_agree_with_long_ones_also_when_some_need_more_than_two_bytes() {
        Random random = new Random(9);
        Four counts = new Four();
        long[] model = new long[4];
        for (int step = 0; step < 500_000; step++) {
            int place = random.nextInt(random.nextInt(4) + 1);
            counts.countAt(place);
            model[place]++;
            assertEquals(model[place], counts.countedAt(place));
        }
        for (int place = 0; place < 4; place++) {
            assertEquals(model[place], counts.countedAt(place));
        }
    }
}
