package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue beside the library's tree. */
class EventQueueTest {
    private static final long HOUR_US = 3_600_000_000L;
    private static final long NEVER_US = Long.MAX_VALUE / 2000 * 1000;

    private final EventQueue queue = new EventQueue();
    private long order;

    private Event add(long atUs) {
        Event event = new Event(queue, atUs, order++, () -> {}, null);
        queue.add(event);
        return event;
    }

    /** How far ahead it is planned, at most: within an instant, a span, a lap and many laps. */
    @ParameterizedTest
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(longs = {50, 20_000, 1_000_000, 40_000_000, HOUR_US})
    void events_come_in_the_order_of_time_and_then_of_scheduling(long aheadUs) {
        SplittableRandom random = new SplittableRandom(aheadUs);
        TreeSet<Event> model =
                new TreeSet<>(Comparator.comparingLong(Event::atUs).thenComparingLong(Event::order));
        List<Event> planned = new ArrayList<>();
        long nowUs = 0;
        for (int i = 0; i < 100_000; i++) {
            int what = random.nextInt(100);
            if (what < 50) {
                long atUs = nowUs + (random.nextInt(3) == 0 ? random.nextLong(aheadUs) : random.nextLong(50));
                Event event = add(what == 0 ? NEVER_US : atUs);
                model.add(event);
                planned.add(event);
            } else if (what < 60 && !planned.isEmpty()) {
                Event event = planned.get(random.nextInt(planned.size()));
                if (model.remove(event)) {
                    event.cancel();
                }
            } else if (what < 61) {
                for (Event event : planned) {
                    if (random.nextInt(4) != 0 && model.remove(event)) {
                        event.cancel();
                    }
                }
                planned.clear();
            } else if (!model.isEmpty()) {
                Event first = model.first();
                if (what < 80) {
                    assertSame(first, queue.peek());
                }
                assertNull(queue.poll(first.atUs() - 1));
                if (first.atUs() < NEVER_US) {
                    assertSame(model.pollFirst(), queue.poll(first.atUs()));
                    first.run();
                    nowUs = first.atUs();
                }
            }
            assertEquals(model.size(), queue.size());
        }
        for (Event event : model) {
            assertSame(event, queue.poll(Long.MAX_VALUE));
        }
        assertNull(queue.poll(Long.MAX_VALUE));
        assertNull(queue.peek());
    }

    @Test
    void what_is_added_when_the_queue_looked_ahead_comes_before_it() {
        Event far = add(10 * HOUR_US);
        assertSame(far, queue.peek());
        Event near = add(5);
        Event between = add(HOUR_US);

        assertSame(near, queue.poll(Long.MAX_VALUE));
        assertSame(between, queue.poll(Long.MAX_VALUE));
        assertSame(far, queue.poll(Long.MAX_VALUE));
    }

    @Test
    void cancelled_events_are_not_kept_without_bound() {
        for (int i = 0; i < 1_000; i++) {
            add(NEVER_US);
        }
        for (int i = 0; i < 100_000; i++) {
            add(i % 2 == 0 ? 5 : NEVER_US - 1).cancel();
            assertTrue(queue.cancelled() <= 1025, () -> queue.cancelled() + " are kept");
        }
        assertEquals(1_000, queue.size());
        assertEquals(NEVER_US, queue.peek().atUs());
        assertEquals(0, queue.cancelled());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_silence_of_years_is_passed_at_once() {
        long year = 365 * 24 * HOUR_US;
        for (int i = 1; i <= 1_000; i++) {
            add(i * year);
        }
        add(NEVER_US);

        for (int i = 1; i <= 1_000; i++) {
            assertEquals(i * year, queue.poll(Long.MAX_VALUE).atUs());
        }
        assertEquals(NEVER_US, queue.poll(Long.MAX_VALUE).atUs());
        assertEquals(0, queue.size());
    }
}
