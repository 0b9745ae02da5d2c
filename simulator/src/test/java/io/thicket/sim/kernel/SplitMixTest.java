package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
