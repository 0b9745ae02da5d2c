package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColumnTest {
    @Test
    void it_agrees_with_an_array_of_long_numbers() {
        SplittableRandom random = new SplittableRandom(4);
        for (int run = 0; run < 2_000; run++) {
            int rows = 1 + random.nextInt(20);
            long base = random.nextLong() >> random.nextInt(Long.SIZE);
            int bits = 1 + random.nextInt(Long.SIZE);
            Column column = new Column(rows, base);
            long[] model = new long[rows];
            Arrays.fill(model, base);
            for (int step = 0; step < 50; step++) {
                int row = random.nextInt(rows);
                model[row] = base + (random.nextLong() >> Long.SIZE - 1 - random.nextInt(bits));
                column.set(row, model[row]);
                for (int each = 0; each < rows; each++) {
                    assertEquals(model[each], column.get(each), "row " + each + " of run " + run);
                }
            }
        }
    }

    @Test
    void the_least_and_the_most_of_each_width_come_back() {
        for (int bits = 0; bits < Long.SIZE; bits++) {
            for (long value : new long[] {(1L << bits) - 1, 1L << bits, -(1L << bits), -(1L << bits) - 1}) {
                Column column = new Column(2, -1);
                column.set(1, value);

                assertEquals(value, column.get(1));
                assertEquals(-1, column.get(0));
            }
        }
    }
}
