package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.MeshRouter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SweepClockTest {
    private static final long START_MS = 12_345;
    private final SweepClock clock = new SweepClock();

    @Test
    void nothing_is_due_before_there_is_a_link() {
        clock.touch(START_MS);

        assertEquals(MeshRouter.NEVER, clock.callAtMs());
        assertFalse(clock.isDue(START_MS));
    }

    @Test
    void a_router_that_may_be_stopped_is_called_each_second_and_swept_only_when_something_is_due() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 9_500);

        for (long second = 2; second <= 9; second++) {
            long nowMs = START_MS + second * 1_000;
            assertEquals(nowMs, clock.callAtMs());
            assertFalse(clock.isDue(nowMs));
            clock.watched(nowMs);
        }
        assertEquals(START_MS + 10_000, clock.callAtMs());
        assertTrue(clock.isDue(START_MS + 10_000));
    }

    @Test
    void a_router_in_a_simulation_is_not_called_before() {
        clock.expectNoStalls();
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 9_500);

        assertEquals(START_MS + 10_000, clock.callAtMs());
    }

    @Test
    void what_comes_in_is_looked_at_in_the_next_second_of_the_grid() {
        clock.expectNoStalls();
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, MeshRouter.NEVER);

        clock.touch(START_MS + 5_300);

        assertEquals(START_MS + 6_000, clock.callAtMs());
    }

    @Test
    void what_comes_in_just_before_the_call_of_its_second_is_looked_at_by_that() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, MeshRouter.NEVER);

        clock.touch(START_MS + 2_000);

        assertTrue(clock.isDue(START_MS + 2_000));
    }

    @Test
    void what_comes_in_and_needs_no_sweep_puts_none_off_that_is_due_before() {
        clock.expectNoStalls();
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 4_000);

        clock.expect(START_MS + 2_300, START_MS + 4_000);
        assertEquals(START_MS + 4_000, clock.callAtMs());
        clock.expect(START_MS + 2_400, START_MS + 8_100);
        assertEquals(START_MS + 9_000, clock.callAtMs());
    }

    @Test
    void a_call_that_is_late_serves_what_is_due_by_then() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, MeshRouter.NEVER);

        // The second call should have been at +2000; the process was stopped.
        clock.expect(START_MS + 7_300, START_MS + 7_000);

        assertTrue(clock.isDue(START_MS + 7_300));
    }

    @Test
    void who_was_called_late_is_called_a_second_later() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 5_000);

        clock.watched(START_MS + 2_300);

        assertEquals(START_MS + 3_300, clock.callAtMs());
        assertFalse(clock.isDue(START_MS + 4_300));
        assertTrue(clock.isDue(START_MS + 5_300));
    }

    /** The next second, but not the one after it, is the first one after what is due. */
    @Test
    void what_is_due_after_a_late_call_waits_for_no_second_of_the_former_grid() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 3_100);

        clock.watched(START_MS + 2_300);

        assertTrue(clock.isDue(START_MS + 3_300));
    }

    @Test
    void a_late_call_serves_what_became_due_since_its_second() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 2_100);

        assertFalse(clock.isDue(START_MS + 2_000));
        assertTrue(clock.isDue(START_MS + 2_300));
    }

    @Test
    void however_late_the_calls_are_all_is_swept_at_the_first_one_after_what_is_due() {
        SplittableRandom random = new SplittableRandom(11);
        clock.start(START_MS);
        long nowMs = clock.callAtMs();
        for (int i = 0; i < 10_000; i++) {
            long dueMs = nowMs + random.nextLong(1, 20_000);
            clock.swept(nowMs);
            clock.expect(nowMs, dueMs);
            do {
                nowMs = clock.callAtMs() + random.nextLong(0, 1_500);
                assertEquals(nowMs >= dueMs, clock.isDue(nowMs), "due " + dueMs + ", called " + nowMs);
                clock.watched(nowMs);
            } while (nowMs < dueMs);
        }
    }

    /** A starved device: each call is late, and what is due a minute from now was looked at half a minute after that. */
    @Test
    void late_calls_do_not_add_up() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, START_MS + 61_000);

        long nowMs = START_MS + 1_000;
        while (!clock.isDue(nowMs)) {
            clock.watched(nowMs);
            nowMs = clock.callAtMs() + 500;
        }

        assertTrue(nowMs <= START_MS + 61_000 + 1_500, "swept " + (nowMs - START_MS) + " ms after the start");
    }

    @Test
    void nothing_waits_for_ever() {
        clock.expectNoStalls();
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, MeshRouter.NEVER);

        assertEquals(START_MS + 1_000 + 3_600_000, clock.callAtMs());
    }

    @Test
    void a_time_that_is_over_is_looked_at_in_the_next_second() {
        clock.start(START_MS);
        clock.swept(START_MS + 1_000);
        clock.expect(START_MS + 1_000, Long.MIN_VALUE);

        assertEquals(START_MS + 2_000, clock.callAtMs());
        assertTrue(clock.isDue(START_MS + 2_000));
    }

    @Test
    void no_sweep_is_later_than_the_first_second_after_what_is_due() {
        SplittableRandom random = new SplittableRandom(7);
        clock.expectNoStalls();
        clock.start(START_MS);
        long nowMs = clock.callAtMs();
        for (int i = 0; i < 100_000; i++) {
            long dueMs = nowMs + random.nextLong(-5_000, 60_000);
            clock.swept(nowMs);
            clock.expect(nowMs, dueMs);
            long touchedMs = nowMs + random.nextLong(1, 90_000);
            if (touchedMs < clock.callAtMs()) {
                clock.touch(touchedMs);
                dueMs = Math.min(dueMs, touchedMs);
            }
            long sweptMs = clock.callAtMs();
            assertTrue(sweptMs > nowMs && clock.isDue(sweptMs), "it goes on");
            assertTrue(sweptMs - Math.max(dueMs, nowMs) <= 1_000, "due " + dueMs + ", swept " + sweptMs);
            assertEquals(0, (sweptMs - START_MS) % 1_000, "on the grid");
            nowMs = sweptMs;
        }
    }
}
