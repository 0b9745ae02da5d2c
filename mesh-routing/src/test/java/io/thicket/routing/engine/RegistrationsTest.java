package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final NodeId ORIGIN = new NodeId(5);
    private static final NodeId TARGET = new NodeId(6);
    private static final long PERIOD_MS = 3_000;

    private final Registrations registrations = new Registrations(0);
    private final NextHop hop = new FixedHop(TARGET, 1);

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
        NextHop other = new FixedHop(TARGET, 1);

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
    void the_pair_used_longest_ago_is_forgotten_first() {
        assertTrue(isDue(0, hop));
        for (int i = 1; i < Registrations.MAX_PATHS; i++) {
            registrations.isDue(0, new NodeId(1_000 + i), TARGET, hop, PERIOD_MS);
        }
        assertFalse(isDue(1, hop));
        registrations.isDue(1, new NodeId(1_000), TARGET, hop, PERIOD_MS);

        assertFalse(isDue(2, hop));
        assertTrue(registrations.isDue(2, new NodeId(1_001), TARGET, hop, PERIOD_MS));
    }

    private boolean isDue(long nowMs, NextHop by) {
        return registrations.isDue(nowMs, ORIGIN, TARGET, by, PERIOD_MS);
    }
}
