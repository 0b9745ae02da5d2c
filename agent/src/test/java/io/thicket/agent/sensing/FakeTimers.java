package io.thicket.agent.sensing;

import io.thicket.agent.port.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A node's loop that is turned by hand. */
public final class FakeTimers implements Timers {
    long nowMs;
    boolean full;
    private final PriorityQueue<Entry> timers =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atMs).thenComparingLong(Entry::order));
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private long order;

    private record Entry(long atMs, long order, Runnable task) {}

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        Entry entry = new Entry(atMs, order++, task);
        timers.add(entry);
        return () -> timers.remove(entry);
    }

    @Override
    public boolean post(Runnable task) {
        return !full && posted.add(task);
    }

    int posted() {
        return posted.size();
    }

    void runPosted() {
        Runnable task = posted.poll();
        while (task != null) {
            task.run();
            task = posted.poll();
        }
    }

    public void runUntil(long untilMs) {
        while (!timers.isEmpty() && timers.peek().atMs() <= untilMs) {
            Entry entry = timers.remove();
            nowMs = Math.max(nowMs, entry.atMs());
            entry.task().run();
        }
        nowMs = untilMs;
    }
}
