package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A HELLO that has news comes when it was to come, whatever becomes of the interval meanwhile. */
class TrickleTest {
    private static final long NOW_MS = 600_000;

    private final Trickle trickle = new Trickle(RoutingParameters.of(LinkClass.WIFI), new SplittableRandom(1), 0);

    TrickleTest() {
        while (trickle.dueMs() < NOW_MS) {
            trickle.fire(trickle.dueMs());
        }
    }

    @Test
    void a_limit_does_not_put_off_an_early_hello() {
        trickle.sendEarly(NOW_MS, 200);
        long dueMs = trickle.dueMs();
        assertTrue(dueMs < NOW_MS + 200);

        trickle.limit(NOW_MS, 2_000);

        assertEquals(dueMs, trickle.dueMs());
        assertTrue(trickle.fire(dueMs));
        assertEquals(NOW_MS + 2_000, trickle.dueMs(), "it was this interval's");
    }

    @Test
    void nor_does_a_reset() {
        trickle.sendEarly(NOW_MS, 200);
        long dueMs = trickle.dueMs();

        trickle.reset(NOW_MS);

        assertEquals(dueMs, trickle.dueMs());
        assertEquals(2_000, trickle.announcedIntervalMs());
    }

    /** A newcomer on a congested link made its neighbour silent for a minute that had promised four seconds. */
    @Test
    void an_early_one_that_has_to_wait_puts_off_no_interval() {
        trickle.sendEarly(NOW_MS, 200);
        long sentMs = trickle.dueMs();
        trickle.fire(sentMs);
        long endMs = trickle.dueMs();

        trickle.sendApart(sentMs, 200, 60_000);

        assertEquals(endMs, trickle.dueMs());
    }

    @Test
    void the_end_of_an_interval_whose_hello_was_sent_is_none() {
        trickle.sendEarly(NOW_MS, 200);
        long sentMs = trickle.dueMs();
        trickle.fire(sentMs);

        trickle.limit(sentMs, 2_000);

        assertTrue(trickle.dueMs() >= sentMs + 1_000 && trickle.dueMs() < sentMs + 2_000);
    }

    /** Where nodes moved and do no longer the limit grows: neighbours probe after 2.5 of the intervals that they were told. */
    @Test
    void no_hello_is_later_than_the_last_one_said_when_the_limit_grows() {
        double worst = 0;
        for (int seed = 0; seed < 200; seed++) {
            Trickle each = new Trickle(RoutingParameters.of(LinkClass.WIFI), new SplittableRandom(seed), 0);
            long helloMs = 0;
            long saidMs = 0;
            while (each.dueMs() < 2 * NOW_MS) {
                long dueMs = each.dueMs();
                each.limit(dueMs, dueMs < NOW_MS ? 60_000 : 120_000);
                if (each.fire(each.dueMs())) {
                    worst = helloMs < NOW_MS / 2 ? 0 : Math.max(worst, (dueMs - helloMs) / (double) saidMs);
                    helloMs = dueMs;
                    saidMs = each.announcedIntervalMs();
                }
            }
        }

        assertTrue(worst <= 1.5, worst + " of what was said");
    }
}
