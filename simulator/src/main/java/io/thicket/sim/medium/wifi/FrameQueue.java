package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.Nullable;

/** Frames that wait for their turn. A list, because it is empty at most stations nearly always, and an array keeps its greatest length. */
final class FrameQueue {
    private static final class Waiting {
        final WifiFrame frame;
        final long sinceUs;

        @Nullable
        Waiting next;

        Waiting(WifiFrame frame, long sinceUs) {
            this.frame = frame;
            this.sinceUs = sinceUs;
        }
    }

    private @Nullable Waiting first;
    private @Nullable Waiting last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(WifiFrame frame, long nowUs) {
        Waiting added = new Waiting(frame, nowUs);
        if (last == null) {
            first = added;
        } else {
            last.next = added;
        }
        last = added;
        size++;
    }

    /** Since when the first one waits; there must be one. */
    long firstSinceUs() {
        return first().sinceUs;
    }

    /** Takes the first one out; there must be one. */
    WifiFrame poll() {
        Waiting polled = first();
        first = polled.next;
        last = first == null ? null : last;
        size--;
        return polled.frame;
    }

    private Waiting first() {
        Waiting its = first;
        if (its == null) {
            throw new AssertionError("no frame waits");
        }
        return its;
    }
}
