package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final long FIRST_MS = 10;
    private static final long LONGEST_MS = 40;

    private final BackOff made = BackOff.of(null, FIRST_MS, LONGEST_MS);

    @Test
    void the_one_that_is_there_is_used_again() {
        assertSame(made, BackOff.of(made, FIRST_MS, LONGEST_MS));
    }

    @Test
    void the_first_is_allowed_at_once_and_each_pause_is_twice_the_one_before() {
        assertTrue(made.take(-5));
        assertFalse(made.take(4));
        assertTrue(made.take(5));
        assertFalse(made.take(24));
        assertTrue(made.take(25));
        assertTrue(made.take(65));
        assertFalse(made.take(104));
        assertTrue(made.take(105), "no pause is longer than the longest");
    }

    @Test
    void after_quiet_of_twice_the_longest_pause_the_first_one_counts_again() {
        made.take(0);
        made.take(FIRST_MS);

        assertTrue(made.take(FIRST_MS + 2 * LONGEST_MS));
        assertTrue(made.take(2 * FIRST_MS + 2 * LONGEST_MS));
    }
}
