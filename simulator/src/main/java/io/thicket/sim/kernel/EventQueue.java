package io.thicket.sim.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Events by time, then by the order of those of one instant. Most of what happens is due within milliseconds, most of what waits is seconds
 * away and taken back before: only the former are kept in order.
 */
final class EventQueue {
    private static final int COMPACT_ABOVE = 1024;

    private final EventHeap soon = new EventHeap();
    private final EventRing later = new EventRing();

    /** Without those that were cancelled. */
    private int waiting;

    /** How many wait to run. */
    int size() {
        return waiting;
    }

    void add(Event event) {
        waiting++;
        if (later.isAhead(event.atUs())) {
            later.add(event);
        } else {
            soon.add(event);
        }
    }

    /** The first one that waits, null if there is none. */
    @Nullable
    Event peek() {
        while (true) {
            Event first = soon.peek();
            if (first == null) {
                if (later.size() == 0) {
                    return null;
                }
                later.begin(soon);
            } else if (first.isPending()) {
                return first;
            } else {
                soon.remove();
            }
        }
    }

    /** Takes the first one out if it is due by then, null if there is none. */
    @Nullable
    Event poll(long untilUs) {
        Event first = peek();
        if (first == null || first.atUs() > untilUs) {
            return null;
        }
        waiting--;
        soon.remove();
        return first;
    }

    /** One that waited was cancelled. */
    void onCancelled() {
        waiting--;
        int cancelled = cancelled();
        // Nodes move their one deadline at every input, so most of what was scheduled is taken back.
        if (cancelled > COMPACT_ABOVE && cancelled > waiting) {
            soon.compact();
            later.compact(soon);
        }
    }

    /** Those that are kept still. */
    int cancelled() {
        return soon.size() + later.size() - waiting;
    }
}
