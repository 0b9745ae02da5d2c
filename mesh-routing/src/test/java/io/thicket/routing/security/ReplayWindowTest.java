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
}
