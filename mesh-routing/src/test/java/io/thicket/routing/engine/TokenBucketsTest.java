package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final double PER_S = 2;
    private static final int BURST = 4;

    private final TokenBuckets<Integer> buckets = new TokenBuckets<>(PER_S, BURST);

    @Test
    void a_key_is_forgotten_when_its_bucket_is_full_again_and_not_before() {
        buckets.take(0, 1);
        buckets.take(0, 2);
        assertTrue(buckets.take(0, 2));

        buckets.forgetFull(499);
        assertEquals(2, buckets.size());
        buckets.forgetFull(500);
        assertEquals(1, buckets.size());
        buckets.forgetFull(1_000);
        assertEquals(0, buckets.size());
    }

    @Test
    void the_only_key_is_forgotten_like_others() {
        buckets.take(0, 1);

        buckets.forgetFull(499);
        assertEquals(1, buckets.size());
        buckets.forgetFull(500);
        assertEquals(0, buckets.size());
    }

    @Test
    void an_empty_bucket_is_not_forgotten() {
        for (int i = 0; i < BURST; i++) {
            assertTrue(buckets.take(0, 1));
        }
        buckets.forgetFull(100);

        assertFalse(buckets.take(100, 1));
    }

    @Test
    void nobody_can_tell_whether_full_buckets_are_forgotten() {
        SplittableRandom random = new SplittableRandom(1);
        TokenBuckets<Integer> keeping = new TokenBuckets<>(PER_S, BURST);
        long nowMs = 0;
        for (int i = 0; i < 100_000; i++) {
            nowMs += random.nextInt(300);
            int key = random.nextInt(5);
            if (random.nextInt(4) == 0) {
                buckets.forgetFull(nowMs);
            }
            assertEquals(keeping.take(nowMs, key), buckets.take(nowMs, key), "step " + i);
        }
    }

    @Test
    void nothing_is_left_of_buckets_that_are_all_full() {
        TokenBuckets<Integer> made = TokenBuckets.of(null, PER_S, BURST);
        made.take(0, 1);
        assertSame(made, TokenBuckets.of(made, PER_S, BURST));

        assertSame(made, TokenBuckets.trimmed(made, 499));
        assertNull(TokenBuckets.trimmed(made, 500));
        assertNull(TokenBuckets.trimmed(null, 500));
    }

    @Test
    void a_bucket_is_full_whenever_it_is_first_used() {
        for (long nowMs : new long[] {-1_000_000_000_000_000L, 0, 1_000_000_000_000_000L}) {
            TokenBucket bucket = TokenBucket.of(null);
            assertTrue(bucket.take(nowMs, 0.001, BURST, BURST));
            assertFalse(bucket.take(nowMs, 0.001, BURST, 1));
            assertTrue(bucket.take(nowMs + 1_000, 0.001, BURST, 1));
        }
    }
}
