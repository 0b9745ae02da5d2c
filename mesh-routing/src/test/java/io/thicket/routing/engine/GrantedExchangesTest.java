package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantedExchangesTest {
    private static final long LIFE_MS = 26_000;
    private static final int MOST = 32;

    private final Correspondence granted = new Correspondence(8);

    /** Also where half of a time changes its sign, or ends. */
    @ParameterizedTest(name = "around {0}")
    @ValueSource(longs = {100_000, 1L << 31, 1L << 32})
    void the_last_ones_of_a_life_are_known(long aroundMs) {
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, Long> model = new LinkedHashMap<>();
        long nowMs = aroundMs - 100_000;
        for (int step = 0; step < 2_000; step++) {
            nowMs += random.nextInt(200);
            int exchange = random.nextInt(80) - 40; // all 32 bits count
            Long at = model.get(exchange);
            boolean known = at != null && nowMs - at < LIFE_MS;
            assertEquals(known, granted.isRepetition(nowMs, exchange, LIFE_MS), "step " + step);
            if (!known && random.nextInt(3) == 0) {
                model.remove(exchange);
                model.put(exchange, nowMs);
                granted.granted(nowMs, exchange, LIFE_MS);
                if (model.size() > MOST) {
                    model.remove(model.keySet().iterator().next());
                }
            }
        }
    }

    @Test
    void one_of_seven_weeks_ago_is_not_of_just_now() {
        granted.granted(1_000, 7, LIFE_MS);
        long laterMs = 1_000 + (1L << 32);

        assertFalse(granted.isRepetition(laterMs, 7, LIFE_MS));
        granted.granted(laterMs, 8, LIFE_MS);
        assertFalse(granted.isRepetition(laterMs + 1, 7, LIFE_MS));
        assertTrue(granted.isRepetition(laterMs + 1, 8, LIFE_MS));
    }

    @Test
    void a_repetition_tells_that_the_reply_was_lost() {
        granted.granted(1_000, 7, LIFE_MS);
        granted.isRepetition(2_000, 6, LIFE_MS);
        assertEquals(Neighbor.LONG_AGO_MS, granted.replyLostMs());

        granted.isRepetition(3_000, 7, LIFE_MS);
        assertEquals(3_000, granted.replyLostMs());
    }

    @Test
    void as_many_are_kept_as_can_still_be_repeated() {
        for (int number = 0; number < 5; number++) {
            granted.granted(1_000 + number, number, LIFE_MS);
        }
        for (int number = 5; number < 10_000; number++) {
            granted.granted(number * LIFE_MS / 4, number, LIFE_MS); // the last four of them are alive
        }

        long nowMs = 9_999 * LIFE_MS / 4;
        for (int number = 9_996; number < 10_000; number++) {
            assertTrue(granted.isRepetition(nowMs, number, LIFE_MS));
        }
        assertFalse(granted.isRepetition(nowMs, 9_995, LIFE_MS));
        assertTrue(granted.places() <= 5, granted.places() + " places");
    }
}
