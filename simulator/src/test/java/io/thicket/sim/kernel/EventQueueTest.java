package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The queue beside the library's tree. */
class EventQueueTest {
    @Test
    void events_come_in_the_order_of_time_and_then_of_scheduling() {
        SplittableRandom random = new SplittableRandom(1);
        Simulation owner = new Simulation();
        EventQueue queue = new EventQueue();
        TreeSet<Event> model =
                new TreeSet<>(Comparator.comparingLong(Event::atUs).thenComparingLong(Event::order));
        for (int i = 0; i < 200_000; i++) {
            int what = random.nextInt(100);
            if (what < 53) {
                Event event = new Event(owner, random.nextInt(50), i, 0, () -> {});
                queue.add(event);
                model.add(event);
            } else if (what < 99) {
                Event first = model.pollFirst();
                assertSame(first, queue.peek());
                assertSame(first, queue.poll());
            } else if (random.nextInt(40) == 0) {
                model.removeIf(event -> {
                    boolean gone = random.nextBoolean();
                    if (gone) {
                        event.cancel();
                    }
                    return gone;
                });
                queue.compact();
            }
            assertEquals(model.size(), queue.size());
        }
        for (Event event : model) {
            assertSame(event, queue.poll());
        }
        assertNull(queue.poll());
        assertNull(queue.peek());
    }
}
