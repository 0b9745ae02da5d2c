package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import java.util.ArrayDeque;
import java.util.Queue;

/** A loop in virtual time for tests of one thread: time passes when the test says so. */
public final class ManualTimers implements Timers {
    private final TimerQueue timers = new TimerQueue();
    private final Queue<Runnable> posts = new ArrayDeque<>();
    private long nowMs;

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        return timers.add(atMs, task);
    }

    @Override
    public boolean post(Runnable task) {
        return posts.add(task);
    }

    /** Runs everything posted and everything due until {@code ms} later. */
    public void advance(long ms) {
        long endMs = nowMs + ms;
        runPosts();
        while (timers.nextMs() <= endMs) {
            nowMs = Math.max(nowMs, timers.nextMs());
            Runnable due = timers.pollDue(nowMs);
            if (due != null) {
                due.run();
            }
            runPosts();
        }
        nowMs = endMs;
    }

    /** Timers that wait. */
    public int waiting() {
        return timers.size();
    }

    private void runPosts() {
        for (Runnable task = posts.poll(); task != null; task = posts.poll()) {
            task.run();
        }
    }
}
