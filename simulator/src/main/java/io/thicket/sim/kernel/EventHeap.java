package io.thicket.sim.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Events by time, then by the order of those of one instant: a heap of four children a node. Null stands behind the last one. */
final class EventHeap {
    private static final int FIRST_CAPACITY = 64;
    private static final int CHILDREN = 4;

    private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void add(Event event) {
        if (size == events.length - 1) {
            events = Arrays.copyOf(events, 2 * events.length);
        }
        rise(size++, event);
    }

    /** The first one, null if there is none. */
    @Nullable
    Event peek() {
        return events[0];
    }

    /** Takes the first one out, if there is one. */
    void remove() {
        if (size > 0) {
            Event last = events[--size];
            events[size] = null;
            if (size > 0 && last != null) {
                sink(0, last);
            }
        }
    }

    /** Drops what was cancelled. */
    void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Event event = events[i];
            if (event != null && event.isPending()) {
                events[kept++] = event;
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        for (int i = (size - 2) / CHILDREN; i >= 0; i--) {
            Event event = events[i];
            if (event != null) {
                sink(i, event);
            }
        }
    }

    private void rise(int from, Event event) {
        @Nullable Event[] at = events;
        int place = from;
        while (place > 0) {
            int above = (place - 1) / CHILDREN;
            Event parent = at[above];
            if (parent == null || parent.isBefore(event)) {
                break;
            }
            at[place] = parent;
            place = above;
        }
        at[place] = event;
    }

    private void sink(int from, Event event) {
        @Nullable Event[] at = events;
        int place = from;
        while (true) {
            int end = Math.min(CHILDREN * place + CHILDREN + 1, size);
            Event least = event;
            int leastPlace = place;
            for (int child = CHILDREN * place + 1; child < end; child++) {
                Event other = at[child];
                if (other != null && other.isBefore(least)) {
                    least = other;
                    leastPlace = child;
                }
            }
            at[place] = least;
            if (leastPlace == place) {
                return;
            }
            place = leastPlace;
        }
    }
}
