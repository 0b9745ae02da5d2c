package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForgottenNodesTest {
    private final ForgottenNodes forgotten = new ForgottenNodes();

    @Test
    void none_is_forgotten_at_first() {
        assertFalse(forgotten.mayHave(0));
        assertFalse(forgotten.mayHave(17));
    }

    @Test
    void all_that_were_added_are_found_and_few_others() {
        int count = 8_000;
        LongStream.rangeClosed(1, count).forEach(forgotten::add);

        assertEquals(
                count,
                LongStream.rangeClosed(1, count).filter(forgotten::mayHave).count());
        long others = LongStream.rangeClosed(count + 1, 2 * count)
                .filter(forgotten::mayHave)
                .count();
        assertTrue(others < count * 4 / 100, "of " + count + " others " + others);
    }
}
