package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The heap beside the library's tree. */
class EventHeapTest {
    @Test
    void events_come_in_the_order_of_time_and_then_of_scheduling() {
        SplittableRandom random = new SplittableRandom(1);
        EventQueue owner = new EventQueue();
        EventHeap heap = new EventHeap();
        TreeSet<Event> model =
                new TreeSet<>(Comparator.comparingLong(Event::atUs).thenComparingLong(Event::order));
        for (int i = 0; i < 200_000; i++) {
            int what = random.nextInt(100);
            if (what < 53) {
                Event event = new Event(owner, random.nextInt(50), i, () -> {}, null);
                heap.add(event);
                model.add(event);
            } else if (what < 99) {
                Event first = model.pollFirst();
                assertSame(first, heap.peek());
                heap.remove();
            } else if (random.nextInt(40) == 0) {
                model.removeIf(event -> {
                    boolean gone = random.nextBoolean();
                    if (gone) {
                        event.cancel();
                    }
                    return gone;
                });
                heap.compact();
            }
            assertEquals(model.size(), heap.size());
        }
        for (Event event : model) {
            assertSame(event, heap.peek());
            heap.remove();
        }
        assertNull(heap.peek());
        heap.remove();
        assertEquals(0, heap.size());
    }
}
