package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which regular HELLOs of a busy link are left out (sequence 29). */
class HelloThinningTest {
    private static final long IMAX_MS = 60_000;
    private static final long NEWS = 7;

    private final HelloThinning thinning = new HelloThinning(RoutingParametersForTests.wifi());

    @Test
    void a_busy_link_announces_twice_imax_and_no_more_than_trickle_in_shorter_intervals() {
        assertEquals(2 * IMAX_MS, thinning.announcedMs(IMAX_MS, true));
        assertEquals(IMAX_MS, thinning.announcedMs(IMAX_MS, false));
        assertEquals(32_000, thinning.announcedMs(32_000, true));
    }

    @Test
    void every_second_one_is_spare_once_all_was_said_twice() {
        sent(0);
        assertFalse(thinning.isSpare(60_000, NEWS, true), "said once");
        sent(60_000);
        assertTrue(thinning.isSpare(120_000, NEWS, true));
        assertFalse(thinning.isSpare(180_000, NEWS, true), "the one before was left out");
    }

    @Test
    void it_goes_on_after_weeks_and_when_the_lower_half_of_the_time_comes_round() {
        for (long startMs : new long[] {1L << 31, 3L << 31, (1L << 32) - 90_000}) {
            sent(startMs);
            sent(startMs + 60_000);
            assertTrue(thinning.isSpare(startMs + 120_000, NEWS, true), "from " + startMs);
            assertFalse(thinning.isSpare(startMs + 180_000, NEWS, true), "from " + startMs);
        }
    }

    @Test
    void news_are_said_in_the_next_two() {
        sent(0);
        sent(60_000);
        assertFalse(thinning.isSpare(120_000, NEWS + 1, true));
        thinning.sent(120_000, NEWS + 1, 2 * IMAX_MS);
        assertFalse(thinning.isSpare(180_000, NEWS + 1, true));
        thinning.sent(180_000, NEWS + 1, 2 * IMAX_MS);
        assertTrue(thinning.isSpare(240_000, NEWS + 1, true));
    }

    @Test
    void a_metric_that_jumped_is_said_once_more() {
        sent(0);
        sent(60_000);
        thinning.unsaid();
        assertFalse(thinning.isSpare(120_000, NEWS, true));
        sent(120_000);
        assertTrue(thinning.isSpare(180_000, NEWS, true));
    }

    @Test
    void none_is_spare_on_a_quiet_link_nor_before_the_longer_interval_was_announced() {
        sent(0);
        sent(60_000);
        assertFalse(thinning.isSpare(120_000, NEWS, false));
        thinning.sent(120_000, NEWS, IMAX_MS);
        assertFalse(thinning.isSpare(180_000, NEWS, true));
    }

    private void sent(long atMs) {
        thinning.sent(atMs, NEWS, 2 * IMAX_MS);
    }
}
