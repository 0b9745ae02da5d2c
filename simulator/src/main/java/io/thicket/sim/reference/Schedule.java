package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Things to do later, in order of time and then of scheduling; at most {@link #MAX_ENTRIES}. */
final class Schedule<T> {
    static final int MAX_ENTRIES = 4_096;

    private record Entry<T>(long dueMs, long order, T task) implements Comparable<Entry<T>> {
        @Override
        public int compareTo(Entry<T> other) {
            int byTime = Long.compare(dueMs, other.dueMs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>();
    private long scheduled;

    /** False if there is no room. */
    boolean add(long dueMs, T task) {
        return entries.size() < MAX_ENTRIES && entries.add(new Entry<>(dueMs, scheduled++, task));
    }

    void removeIf(Predicate<T> condition) {
        entries.removeIf(entry -> condition.test(entry.task));
    }

    long nextMs() {
        Entry<T> first = entries.peek();
        return first == null ? MeshRouter.NEVER : first.dueMs;
    }

    /** The first thing due at {@code nowMs}, taken off, or null. */
    @Nullable
    T poll(long nowMs) {
        Entry<T> first = entries.peek();
        if (first == null || first.dueMs > nowMs) {
            return null;
        }
        entries.poll();
        return first.task;
    }

    int size() {
        return entries.size();
    }
}
