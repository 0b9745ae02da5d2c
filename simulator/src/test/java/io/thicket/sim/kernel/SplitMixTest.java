package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    @Test
    void it_draws_what_the_generator_of_the_jdk_draws() {
        for (long seed = -3; seed < 200; seed++) {
            RandomGenerator expected = new SplittableRandom(seed * 0x9e3779b9L);
            RandomGenerator drawn = new SplitMix(seed * 0x9e3779b9L);

            for (int i = 1; i < 50; i++) {
                assertEquals(expected.nextInt(), drawn.nextInt());
                assertEquals(expected.nextInt(i), drawn.nextInt(i));
                assertEquals(expected.nextInt(-i, 1_000 * i), drawn.nextInt(-i, 1_000 * i));
                assertEquals(expected.nextLong(), drawn.nextLong());
                assertEquals(expected.nextLong(i * 10_000_000_000L), drawn.nextLong(i * 10_000_000_000L));
                assertEquals(expected.nextDouble(), drawn.nextDouble());
                assertEquals(expected.nextBoolean(), drawn.nextBoolean());
                assertEquals(expected.nextGaussian(), drawn.nextGaussian());
                byte[] expectedBytes = new byte[i];
                byte[] drawnBytes = new byte[i];
                expected.nextBytes(expectedBytes);
                drawn.nextBytes(drawnBytes);
                assertArrayEquals(expectedBytes, drawnBytes);
            }
        }
    }

    @Test
    void many_in_a_row_draw_what_each_draws_alone() {
        Seeds seeds = new Seeds(5);
        SplitMixes row = new SplitMixes(seeds, "wifi-backoff", 10);
        RandomGenerator[] alone = new RandomGenerator[10];
        Arrays.setAll(alone, i -> seeds.generator("wifi-backoff", i));
        SplittableRandom random = new SplittableRandom(1);

        for (int i = 1; i < 2_000; i++) {
            int which = random.nextInt(10);
            assertEquals(alone[which].nextInt(i), row.nextInt(which, i));
            which = random.nextInt(10);
            assertEquals(alone[which].nextDouble(), row.nextDouble(which));
        }
    }
}
