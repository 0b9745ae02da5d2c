package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Timers in the order of their time, equal times in the order they were set. Not thread-safe. */
final class TimerQueue {
    /** More timers than a node can need; reaching it is a bug of the caller. */
    static final int MAX_TIMERS = 65_536;

    private static final int MIN_SWEEP = 64;

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atMs).thenComparingLong(Timer::order));
    private long nextOrder;
    private int cancelled;

    Timers.Handle add(long atMs, Runnable task) {
        if (timers.size() >= MAX_TIMERS) {
            throw new IllegalStateException("more than " + MAX_TIMERS + " timers");
        }
        Timer timer = new Timer(this, atMs, nextOrder++, task);
        timers.add(timer);
        return timer;
    }

    /** Takes the first task that is due at {@code nowMs}, or null. */
    @Nullable
    Runnable pollDue(long nowMs) {
        dropCancelledHead();
        Timer first = timers.peek();
        if (first == null || first.atMs > nowMs) {
            return null;
        }
        timers.remove();
        return first.take();
    }

    /** When the first timer is due, or {@code Long.MAX_VALUE}. */
    long nextMs() {
        dropCancelledHead();
        Timer first = timers.peek();
        return first == null ? Long.MAX_VALUE : first.atMs;
    }

    int size() {
        return timers.size() - cancelled;
    }

    private void dropCancelledHead() {
        for (Timer first = timers.peek(); first != null && first.task == null; first = timers.peek()) {
            timers.remove();
            cancelled--;
        }
    }

    /** Cancelled timers stay in the heap until they are half of it: taking one out costs a search, all at once one pass. */
    private void onCancel() {
        cancelled++;
        if (cancelled > MIN_SWEEP && cancelled > timers.size() / 2) {
            timers.removeIf(timer -> timer.task == null);
            cancelled = 0;
        }
    }

    private static final class Timer implements Timers.Handle {
        private final TimerQueue queue;
        private final long atMs;
        private final long order;
        private @Nullable Runnable task;

        Timer(TimerQueue queue, long atMs, long order, Runnable task) {
            this.queue = queue;
            this.atMs = atMs;
            this.order = order;
            this.task = task;
        }

        long atMs() {
            return atMs;
        }

        long order() {
            return order;
        }

        @Nullable
        Runnable take() {
            Runnable taken = task;
            task = null;
            return taken;
        }

        @Override
        public void cancel() {
            if (take() != null) {
                queue.onCancel();
            }
        }
    }
}
