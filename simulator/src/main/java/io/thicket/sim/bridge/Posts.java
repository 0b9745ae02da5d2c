package io.thicket.sim.bridge;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the world outside wants done, until the simulation's thread takes it. Any thread may put something in. */
final class Posts {
    /** Most tasks that wait. */
    static final int MAX_WAITING = 4_096;

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong refused = new AtomicLong();
    private volatile Thread owner = Thread.currentThread();

    /** From now on the calling thread is the simulation's. */
    void own() {
        owner = Thread.currentThread();
    }

    /** Whether the caller is the simulation's thread. */
    boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    /** False if the queue is full, which is counted. */
    boolean post(Runnable task) {
        boolean taken = waiting.offer(task);
        if (!taken) {
            refused.incrementAndGet();
        }
        return taken;
    }

    /** The same for threads that may wait for a place, at most {@code ms}. */
    boolean postWithin(Runnable task, long ms) {
        try {
            if (waiting.offer(task, ms, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refused.incrementAndGet();
        return false;
    }

    /** Tasks that found the queue full. */
    long refused() {
        return refused.get();
    }

    /** The next task, null if there is none. */
    @Nullable
    Runnable poll() {
        return waiting.poll();
    }

    /** The next task, waiting for one at most {@code ns}; null if none came, or if the thread was interrupted. */
    @Nullable
    Runnable await(long ns) {
        try {
            return waiting.poll(ns, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
