package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final double PER_MS = 0.01;
    private static final int BURST = 8;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void one_that_is_forgotten_when_it_is_full_gives_what_one_that_is_kept_does(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TokenBucket kept = new TokenBucket();
        TokenBucket made = null;
        int forgotten = 0;
        long nowMs = random.nextLong(1L << 40);
        for (int step = 0; step < 10_000; step++) {
            nowMs += random.nextInt(random.nextBoolean() ? 50 : 1_000);
            if (random.nextBoolean()) {
                boolean was = made != null;
                made = TokenBucket.trimmed(made, nowMs, PER_MS, BURST);
                forgotten += was && made == null ? 1 : 0;
            } else {
                int cost = random.nextInt(1, 4);
                made = TokenBucket.of(made);
                assertEquals(
                        kept.take(nowMs, PER_MS, BURST, cost), made.take(nowMs, PER_MS, BURST, cost), "step " + step);
            }
        }
        assertTrue(forgotten > 10, forgotten + " times");
    }
}
