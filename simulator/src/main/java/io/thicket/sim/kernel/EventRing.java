package io.thicket.sim.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Events of spans of time that have not begun, in no order: a ring of lists, each of one span of every lap. So planning an event and
 * taking it back look at no other one.
 */
final class EventRing {
    /** A span is 4096 us, so that few events are due within it. */
    private static final int SPAN_SHIFT = 12;

    /** A lap is 17 s, so that most events are due within it; the others are looked at once a lap. */
    private static final int SPANS = 4096;

    private final @Nullable Event[] lists = new @Nullable Event[SPANS];

    /** The first span that has not begun, counted from the start of the simulation. */
    private long nextSpan;

    private int size;

    int size() {
        return size;
    }

    /** Whether the span of that time has not begun. */
    boolean isAhead(long atUs) {
        return atUs >> SPAN_SHIFT >= nextSpan;
    }

    /** Takes an event whose time {@link #isAhead}. */
    void add(Event event) {
        int list = (int) (event.atUs() >> SPAN_SHIFT) & SPANS - 1;
        event.next = lists[list];
        lists[list] = event;
        size++;
    }

    /** Begins spans until {@code soon}, which is empty, has an event that waits or there is none; what was cancelled is dropped. */
    void begin(EventHeap soon) {
        for (int begun = 0; soon.size() == 0 && size > 0; begun++) {
            if (begun == SPANS) {
                nextSpan = firstSpan(); // a whole lap is empty, and so may be years
            }
            int list = (int) nextSpan & SPANS - 1;
            nextSpan++;
            if (lists[list] != null) {
                sort(list, soon);
            }
        }
    }

    /** Of the events of a list, what waits goes to {@code soon} if its span has begun and stays otherwise. */
    private void sort(int list, EventHeap soon) {
        Event event = lists[list];
        lists[list] = null;
        while (event != null) {
            Event following = event.next;
            event.next = null;
            size--;
            if (event.isPending()) {
                if (isAhead(event.atUs())) {
                    add(event);
                } else {
                    soon.add(event);
                }
            }
            event = following;
        }
    }

    private long firstSpan() {
        long firstUs = Long.MAX_VALUE;
        for (Event head : lists) {
            for (Event event = head; event != null; event = event.next) {
                firstUs = Math.min(firstUs, event.atUs());
            }
        }
        return firstUs >> SPAN_SHIFT;
    }

    /** Drops what was cancelled; {@code soon} gets nothing by it. */
    void compact(EventHeap soon) {
        for (int list = 0; list < SPANS; list++) {
            sort(list, soon);
        }
    }
}
