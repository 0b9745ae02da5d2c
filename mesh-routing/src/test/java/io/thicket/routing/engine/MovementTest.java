package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MovementTest {
    private static final long MIN_MS = 1_000;
    private static final long START_MS = 50_000;

    private final Movement movement = new Movement(MIN_MS, START_MS);

    @Test
    void whom_a_router_meets_after_its_start_says_nothing() {
        for (int i = 0; i < 20; i++) {
            movement.arrived(START_MS + 1_000 * i);
        }
        assertFalse(movement.isRestless(START_MS + 20_000));
    }

    @Test
    void three_arrivals_within_half_a_minute_mean_movement_until_half_a_minute_later() {
        movement.arrived(100_000);
        movement.arrived(110_000);
        assertFalse(movement.isRestless(110_000));

        movement.arrived(129_999);
        assertTrue(movement.isRestless(129_999));

        assertFalse(movement.isRestless(130_000), "the first one is forgotten");
        movement.arrived(130_000);
        assertTrue(movement.isRestless(139_999));
        assertFalse(movement.isRestless(140_000));
    }

    @Test
    void a_thousand_arrivals_are_counted_as_the_last_three() {
        for (int i = 0; i < 1_000; i++) {
            movement.arrived(100_000 + 100_000L * i);
            assertFalse(movement.isRestless(100_000 + 100_000L * i));
        }
        movement.arrived(100_000_000);
        movement.arrived(100_000_001);
        assertTrue(movement.isRestless(100_000_001));
    }

    @Test
    void a_limit_cuts_the_present_interval_and_its_end_lets_it_grow_again() {
        RoutingParameters wifi = RoutingParameters.of(LinkClass.WIFI);
        Trickle trickle = new Trickle(wifi, new Random(1), 0);
        long now = 0;
        while (trickle.announcedIntervalMs() < wifi.helloMaxMs()) {
            now = trickle.dueMs();
            trickle.fire(now);
        }

        trickle.limit(now, 2_000);
        assertEquals(2_000, trickle.announcedIntervalMs());
        long fromMs = now;
        int hellos = 0;
        while (now < fromMs + 60_000) {
            now = trickle.dueMs();
            hellos += trickle.fire(now) ? 1 : 0;
        }
        assertTrue(hellos >= 29 && hellos <= 31, hellos + " HELLOs a minute");

        trickle.limit(now, wifi.helloMaxMs());
        while (now < fromMs + 300_000) {
            now = trickle.dueMs();
            trickle.fire(now);
        }
        assertEquals(wifi.helloMaxMs(), trickle.announcedIntervalMs());
    }
}
