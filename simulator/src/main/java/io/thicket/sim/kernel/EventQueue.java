package io.thicket.sim.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events by time, then by the order of those of one instant: a heap of four children a node. Its keys are in arrays of their own, so that
 * putting an event in its place looks at none of the others, which in a large network are far from the processor.
 */
final class EventQueue {
    private static final int FIRST_CAPACITY = 64;
    private static final int CHILDREN = 4;

    private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void add(Event event) {
        if (size == events.length) {
            int capacity = 2 * size;
            events = Arrays.copyOf(events, capacity);
            times = Arrays.copyOf(times, capacity);
            orders = Arrays.copyOf(orders, capacity);
        }
        rise(size++, event);
    }

    /** The first one, null if there is none. */
    @Nullable
    Event peek() {
        return events[0];
    }

    /** Takes the first one out, null if there is none. */
    @Nullable
    Event poll() {
        Event first = events[0];
        if (first != null) {
            Event last = events[--size];
            events[size] = null;
            if (last != first && last != null) {
                sink(0, last, times[size], orders[size]);
            }
        }
        return first;
    }

    /** Drops what was cancelled. */
    void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Event event = events[i];
            if (event != null && !event.isCancelled()) {
                place(kept++, event, times[i], orders[i]);
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        for (int i = (size - 2) / CHILDREN; i >= 0; i--) {
            Event event = events[i];
            if (event != null) {
                sink(i, event, times[i], orders[i]);
            }
        }
    }

    private void rise(int from, Event event) {
        long atUs = event.atUs();
        long order = event.order();
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (!isBefore(atUs, order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        place(at, event, atUs, order);
    }

    private void sink(int from, Event event, long atUs, long order) {
        int at = from;
        int child = CHILDREN * at + 1;
        while (child < size) {
            int least = child;
            int end = Math.min(child + CHILDREN, size);
            for (int other = child + 1; other < end; other++) {
                if (isBefore(times[other], orders[other], least)) {
                    least = other;
                }
            }
            if (isBefore(atUs, order, least)) {
                break;
            }
            move(least, at);
            at = least;
            child = CHILDREN * at + 1;
        }
        place(at, event, atUs, order);
    }

    private boolean isBefore(long atUs, long order, int place) {
        return atUs < times[place] || atUs == times[place] && order < orders[place];
    }

    private void move(int from, int to) {
        events[to] = events[from];
        times[to] = times[from];
        orders[to] = orders[from];
    }

    private void place(int at, Event event, long atUs, long order) {
        events[at] = event;
        times[at] = atUs;
        orders[at] = order;
    }
}
