package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AwaitedTest {
    private static final long WITHIN_MS = 2_000;

    private final Awaited<String> awaited = new Awaited<>(WITHIN_MS);

    @Test
    void what_came_back_and_what_came_too_late_is_not_waited_for() {
        awaited.sent(0, "a");
        awaited.sent(100, "b");
        awaited.sent(200, "c");
        awaited.back("b");
        awaited.back("never sent");
        assertEquals(2, awaited.size(WITHIN_MS - 1));
        assertEquals(1, awaited.size(WITHIN_MS));
        assertEquals(1, awaited.dropped(WITHIN_MS));
        awaited.back("a");
        assertEquals(1, awaited.dropped(WITHIN_MS), "too late");
    }

    @Test
    void what_is_sent_again_is_waited_for_from_then_on() {
        awaited.sent(0, "a");
        awaited.sent(1_000, "b");
        awaited.sent(1_500, "a");
        assertEquals(1, awaited.size(3_000));
        assertEquals(0, awaited.size(3_500));
        assertEquals(2, awaited.dropped(3_500));
        awaited.clear();
        assertEquals(0, awaited.dropped(3_500));
    }

    @Test
    void what_never_comes_back_takes_no_memory_also_where_nobody_asks() {
        for (int i = 0; i < 10_000; i++) {
            awaited.sent(1_000L * i, Integer.toString(i));
        }
        assertEquals(2, awaited.size(0)); // asked for a time at which all are to be waited for
    }
}
