package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The node's one thread. It waits for the next timer or posted task and runs it; it is the only class of a node that
 * blocks. Timers that are due go before posted tasks, so that a flood of posts cannot hold them up.
 */
public final class EventLoop implements Timers {
    /** Posted tasks that wait at most; {@link #post} refuses more. */
    public static final int MAX_POSTS = 4096;

    /** Posted tasks run between two looks at the timers. */
    private static final int POSTS_PER_TURN = 32;

    private final BlockingQueue<Runnable> posts = new ArrayBlockingQueue<>(MAX_POSTS);
    private final TimerQueue timers = new TimerQueue();
    private final long originNs = System.nanoTime();
    private final AtomicLong refusedPosts = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Consumer<Throwable> onFatal;
    private final Thread thread;
    private volatile boolean started;
    private volatile boolean ending;

    /**
     * A loop that {@link #start} begins.
     *
     * @param name of its thread
     * @param onFatal called on the dying thread when a task threw an {@link Error} (a failed assertion, no memory); the
     *     loop has ended then and the process should, too
     */
    public EventLoop(String name, Consumer<Throwable> onFatal) {
        this.onFatal = onFatal;
        this.thread = new Thread(this::run, name);
    }

    /** Starts the thread. Before this, {@link #at} may be called by whoever builds the node. */
    public void start() {
        started = true;
        thread.start();
    }

    @Override
    public long nowMs() {
        return (System.nanoTime() - originNs) / 1_000_000;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        assert isOnLoop() : "a timer may be set on the loop only, not on " + Thread.currentThread();
        return timers.add(atMs, task);
    }

    @Override
    public boolean post(Runnable task) {
        if (ending || !posts.offer(task)) {
            refusedPosts.incrementAndGet();
            return false;
        }
        return true;
    }

    @Override
    public boolean isOnLoop() {
        return !started || Thread.currentThread() == thread;
    }

    /**
     * Ends the loop: refuses further posts, runs the accepted ones, drops timers. Waits for it at most
     * {@code deadlineMs}, and not at all on the loop itself. Returns whether the loop has ended.
     */
    public boolean stop(long deadlineMs) {
        ending = true;
        posts.offer(() -> {}); // Wakes the thread; if the queue is full, it is awake.
        if (!started || Thread.currentThread() == thread) {
            return !started;
        }
        try {
            thread.join(Math.max(1, deadlineMs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public long refusedPosts() {
        return refusedPosts.get();
    }

    @Override
    public long errors() {
        return errors.get();
    }

    /** Whether no task will run any more, or is about to be so: after {@link #stop}, or when a task threw an {@link Error}. */
    public boolean hasEnded() {
        return ending;
    }

    private void run() {
        try {
            while (!ending) {
                runDueTimers();
                runPosts();
            }
            for (Runnable task = posts.poll(); task != null; task = posts.poll()) {
                runCaught(task);
            }
        } catch (InterruptedException e) {
            Logger.info("loop interrupted, ending");
        } catch (Error e) {
            Logger.error(e, "loop dies");
            onFatal.accept(e);
        } finally {
            ending = true;
        }
    }

    private void runDueTimers() {
        long nowMs = nowMs();
        for (Runnable task = timers.pollDue(nowMs); task != null && !ending; task = timers.pollDue(nowMs)) {
            runCaught(task);
        }
    }

    private void runPosts() throws InterruptedException {
        Runnable task = awaitPost();
        for (int i = 0; task != null; i++) {
            runCaught(task);
            task = i < POSTS_PER_TURN ? posts.poll() : null;
        }
    }

    /** Waits for a post until the next timer is due. */
    private @Nullable Runnable awaitPost() throws InterruptedException {
        long nextMs = timers.nextMs();
        if (nextMs == Long.MAX_VALUE) {
            return posts.take();
        }
        return posts.poll(nextMs - nowMs(), TimeUnit.MILLISECONDS);
    }

    private void runCaught(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            errors.incrementAndGet();
            Logger.error(e, "a task on the loop failed; this is a bug");
        }
    }
}
