package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DoubtValueTest {
    @Test
    void none_is_less_than_any_and_some_time_is_more() {
        Doubt known = new Doubt(1_795_314_600_000L);

        assertSame(Doubt.NONE, known.orLess(Doubt.NONE));
        assertSame(Doubt.NONE, Doubt.NONE.orLess(known));
        assertSame(known, known.orLess(Doubt.SOME_TIME));
        assertSame(known, Doubt.SOME_TIME.orLess(known));
    }

    @Test
    void what_was_read_is_the_same_as_the_constant() {
        assertTrue(new Doubt(999_999_999_999_999L).isOfSomeTime());
        assertFalse(new Doubt(999_999_999_999_998L).isOfSomeTime());
        assertTrue(Doubt.NONE.isNone());
        assertFalse(new Doubt(0).isNone());
    }
}
