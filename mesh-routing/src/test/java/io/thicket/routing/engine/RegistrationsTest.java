package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final NodeId ORIGIN = new NodeId(5);
    private static final NodeId TARGET = new NodeId(6);
    private static final RoutingParameters PARAMETERS =
            RoutingParameters.of(LinkClass.WIFI).withPeriods(3_000, 3_000);

    private final Registrations registrations = new Registrations(0);
    private final NextHop hop = new FixedHop(TARGET, 1, PARAMETERS);

    @Test
    void a_third_of_the_period_after_the_last_one_that_registered() {
        assertTrue(isDue(0, hop));
        assertFalse(isDue(900, hop));
        assertTrue(isDue(1_000, hop));
        assertFalse(isDue(1_999, hop));
    }

    @Test
    void another_hop_is_due_at_once() {
        assertTrue(isDue(0, hop));
        NextHop other = new FixedHop(TARGET, 1, PARAMETERS);

        assertTrue(isDue(1, other));
        assertFalse(isDue(2, other));
        assertTrue(isDue(3, hop));
    }

    @Test
    void one_that_did_not_get_through_is_due_again() {
        assertTrue(isDue(0, hop));
        registrations.failed(ORIGIN, TARGET);

        assertTrue(isDue(1, hop));
    }

    @Test
    void each_pair_is_one_of_its_own_in_either_direction() {
        Registrations pairs = new Registrations(0x1234_5678_9abcL);
        for (int i = 0; i < 400; i++) {
            assertTrue(pairs.isDue(0, new NodeId(i / 20), new NodeId(i % 20), hop), "pair " + i);
        }
        for (int i = 0; i < 400; i++) {
            assertFalse(pairs.isDue(1, new NodeId(i / 20), new NodeId(i % 20), hop), "pair " + i);
        }
        pairs.failed(new NodeId(3), new NodeId(4));
        assertFalse(pairs.isDue(2, new NodeId(4), new NodeId(3), hop));
        assertTrue(pairs.isDue(2, new NodeId(3), new NodeId(4), hop));
    }

    @Test
    void the_pair_used_longest_ago_is_forgotten_first() {
        for (int i = 0; i < Registrations.MAX_PATHS; i++) {
            assertTrue(isDue(0, i));
        }
        assertFalse(isDue(1, 0));
        assertTrue(isDue(1, Registrations.MAX_PATHS));
        assertEquals(Registrations.MAX_PATHS, registrations.size());

        assertFalse(isDue(2, 0));
        assertTrue(isDue(2, 1));
    }

    @Test
    void those_that_are_due_are_not_remembered_any_longer() {
        for (int i = 0; i < 100; i++) {
            assertTrue(isDue(i * 100, i));
            assertTrue(registrations.size() <= 10);
        }
    }

    @Test
    void a_pair_is_due_after_any_pause_and_within_a_third_of_the_period_when_its_time_comes_round() {
        long roundMs = 1L << Integer.SIZE;
        for (long pauseMs = 1_000; pauseMs < roundMs; pauseMs *= 3) {
            Registrations after = new Registrations(0);
            assertTrue(after.isDue(roundMs - 500, ORIGIN, TARGET, hop)); // the lower half begins anew
            assertTrue(after.isDue(roundMs - 500 + pauseMs, ORIGIN, TARGET, hop), "after " + pauseMs + " ms");
        }
        assertTrue(isDue(-7, hop));
        assertFalse(isDue(roundMs - 7, hop));
        assertTrue(isDue(roundMs - 7 + 1_000, hop));
    }

    private boolean isDue(long nowMs, NextHop by) {
        return registrations.isDue(nowMs, ORIGIN, TARGET, by);
    }

    private boolean isDue(long nowMs, int origin) {
        return registrations.isDue(nowMs, new NodeId(1_000 + origin), TARGET, hop);
    }
}
