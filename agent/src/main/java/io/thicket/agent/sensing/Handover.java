package io.thicket.agent.sensing;

import io.thicket.drivers.Observation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From a port's thread to the node's loop: a bounded queue that drops the oldest reading when it is full, and at most one
 * posted task at a time, so that a chatty device cannot fill the loop's queue.
 */
final class Handover {
    /** Readings that wait for the loop. */
    static final int MAX_WAITING = 256;

    private final Predicate<Runnable> post;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Receiver receiver;
    private boolean changed;
    private boolean posted;
    private long dropped;

    /** Where things arrive, on the node's loop. */
    interface Receiver {
        void reading(long arrivedAtNanos, List<Observation> observations);

        void changed();
    }

    private record Waiting(long arrivedAtNanos, List<Observation> observations) {}

    /** @param post runs a task on the loop; false if it did not take it */
    Handover(Predicate<Runnable> post) {
        this.post = post;
    }

    synchronized void open(Receiver to) {
        receiver = to;
    }

    /** Ends the hand-over; what waits is handed over before. On the loop, after the port's thread has ended. */
    void close() {
        drain();
        synchronized (this) {
            receiver = null;
            waiting.clear();
        }
    }

    /** Hands over what a full loop refused before. On the loop, from time to time: a silent device sends no next reading. */
    void recheck() {
        drain();
    }

    /** A reading; any thread. */
    void offerReading(long arrivedAtNanos, List<Observation> observations) {
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(new Waiting(arrivedAtNanos, observations));
        }
        ensurePosted();
    }

    /** Something changed; any thread. Changes that wait together are told once. */
    void offerChange() {
        synchronized (this) {
            changed = true;
        }
        ensurePosted();
    }

    synchronized long dropped() {
        return dropped;
    }

    private void ensurePosted() {
        synchronized (this) {
            if (posted || receiver == null) {
                return;
            }
            posted = true;
        }
        if (!post.test(this::drain)) {
            // The loop's queue is full. What waits goes with the next thing that comes, or with the next recheck.
            synchronized (this) {
                posted = false;
            }
        }
    }

    /** On the loop. Takes what waits, one by one and outside the lock: a receiver that throws loses one reading, not all. */
    private void drain() {
        synchronized (this) {
            posted = false;
        }
        try {
            Receiver to = takeChange();
            if (to != null) {
                to.changed();
            }
            for (Ready next = take(); next != null; next = take()) {
                next.to()
                        .reading(next.reading().arrivedAtNanos(), next.reading().observations());
            }
        } finally {
            if (isWaiting()) {
                ensurePosted();
            }
        }
    }

    /** A reading and who gets it. */
    private record Ready(Receiver to, Waiting reading) {}

    private synchronized @Nullable Receiver takeChange() {
        boolean tell = changed;
        changed = false;
        return tell ? receiver : null;
    }

    private synchronized @Nullable Ready take() {
        Waiting next = receiver == null ? null : waiting.pollFirst();
        return next == null || receiver == null ? null : new Ready(receiver, next);
    }

    private synchronized boolean isWaiting() {
        return receiver != null && !waiting.isEmpty();
    }
}
