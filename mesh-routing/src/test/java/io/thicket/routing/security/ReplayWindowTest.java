package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void sixty_four_counters_back_are_too_old_and_sixty_three_are_not() {
        window.mark(100);

        assertTrue(window.isFresh(101));
        assertFalse(window.isFresh(100));
        assertTrue(window.isFresh(37));
        assertFalse(window.isFresh(36));
        window.mark(37);
        assertFalse(window.isFresh(37));
    }

    @Test
    void a_jump_beyond_the_window_forgets_nothing_it_must_refuse() {
        window.mark(1);
        window.mark(64);
        assertFalse(window.isFresh(1));
        window.mark(65);
        assertFalse(window.isFresh(64));
        assertFalse(window.isFresh(1));
        window.mark(-1); // 2^32 - 1
        assertFalse(window.isFresh(65));
        assertTrue(window.isFresh(-2));
    }

    @Test
    void the_floor_refuses_fresh_numbers_below() {
        window.mark(10);
        window.floor(10);

        assertFalse(window.isFresh(9));
        assertTrue(window.isFresh(11));
    }

    @Test
    void a_floor_far_below_or_above_what_was_seen_leaves_what_is_above_it() {
        window.mark(1_000);
        window.floor(900);
        assertTrue(window.isFresh(999));
        assertTrue(window.isFresh(937));
        assertFalse(window.isFresh(936));

        window.floor(998);
        assertTrue(window.isFresh(999));
        assertFalse(window.isFresh(998));

        window.floor(2_000);
        assertFalse(window.isFresh(2_000));
        assertFalse(window.isFresh(1_999));
        assertTrue(window.isFresh(2_001));
    }

    @Test
    void a_floor_may_be_the_first_that_is_known_and_the_last_counter_there_is() {
        window.floor(-1); // 2^32 - 1

        assertFalse(window.isFresh(-1));
        assertFalse(window.isFresh(-2));
        assertFalse(window.isFresh(0));
    }
}
