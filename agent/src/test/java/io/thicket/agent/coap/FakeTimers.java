package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop in virtual time for several nodes: time jumps to the next task; tasks of one instant run in the order they came. */
final class FakeTimers implements Timers {
    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMs).thenComparingLong(Task::number));
    private long nowMs = 1_000_000;
    private long number;

    private record Task(long atMs, long number, Runnable runnable) {}

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        Task added = new Task(Math.max(atMs, nowMs), number++, task);
        queue.add(added);
        return () -> queue.remove(added);
    }

    @Override
    public boolean post(Runnable task) {
        at(nowMs, task);
        return true;
    }

    /** Runs everything due in the next {@code forMs}. */
    void run(long forMs) {
        long end = nowMs + forMs;
        while (!queue.isEmpty() && queue.peek().atMs() <= end) {
            Task task = queue.remove();
            nowMs = task.atMs();
            task.runnable().run();
        }
        nowMs = end;
    }

    int waiting() {
        return queue.size();
    }
}
