package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The node's loop in the form that libraries want (Californium's executors). It has no thread and no clock of its own:
 * every task runs on the loop of its {@link Timers}, in virtual time as in real time. It never blocks, so
 * {@code invokeAll} and {@code invokeAny} are not supported and {@code awaitTermination} answers at once.
 *
 * <p>An exception of a task reaches the loop, which counts it; a repeating task that threw is not run again.
 */
final class NodeExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final Timers timers;
    /** Made with the first one: a node that nobody asks anything has none. */
    private Set<Task<?>> waiting = Collections.emptySet();

    private volatile boolean shutdown;

    NodeExecutor(Timers timers) {
        this.timers = timers;
    }

    @Override
    public void execute(Runnable command) {
        if (shutdown || !timers.post(command)) {
            throw new RejectedExecutionException("the node's loop takes no more tasks");
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(new Task<>(command, toMs(delay, unit), Repeat.NEVER, 0));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return schedule(new Task<>(callable, toMs(delay, unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return schedule(new Task<>(command, toMs(initialDelay, unit), Repeat.FIXED_RATE, period(period, unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return schedule(new Task<>(command, toMs(initialDelay, unit), Repeat.FIXED_DELAY, period(delay, unit)));
    }

    /** Takes no further tasks and cancels the delayed ones. */
    @Override
    public void shutdown() {
        shutdownNow();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        if (!timers.isOnLoop()) {
            timers.post(this::shutdownNow);
            return List.of();
        }
        List<Runnable> dropped = new ArrayList<>(waiting);
        for (Runnable task : dropped) {
            ((Task<?>) task).cancel(false);
        }
        return dropped;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw new UnsupportedOperationException("would block the loop");
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("would block the loop");
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
        throw new UnsupportedOperationException("would block the loop");
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("would block the loop");
    }

    private <V> Task<V> schedule(Task<V> task) {
        if (shutdown) {
            throw new RejectedExecutionException("the node's loop takes no more tasks");
        }
        if (timers.isOnLoop()) {
            task.arm();
        } else if (!timers.post(task::arm)) {
            throw new RejectedExecutionException("the node's loop takes no more tasks");
        }
        return task;
    }

    private static long period(long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("period " + period);
        }
        return Math.max(1, toMs(period, unit));
    }

    /** Rounds up: a task never runs early. */
    private static long toMs(long delay, TimeUnit unit) {
        long delayMs = unit.toMillis(Math.max(0, delay));
        return unit.convert(delayMs, TimeUnit.MILLISECONDS) < delay ? delayMs + 1 : delayMs;
    }

    private enum Repeat {
        NEVER,
        FIXED_RATE,
        FIXED_DELAY
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Repeat repeat;
        private final long periodMs;
        private volatile long atMs;
        private Timers.@Nullable Handle timer;
        private @Nullable Throwable thrown;

        @SuppressWarnings("NullAway") // A Runnable has no result; FutureTask says null for it.
        Task(Runnable command, long delayMs, Repeat repeat, long periodMs) {
            super(command, null);
            this.repeat = repeat;
            this.periodMs = periodMs;
            this.atMs = saturatedSum(timers.nowMs(), delayMs);
        }

        Task(Callable<V> callable, long delayMs) {
            super(callable);
            this.repeat = Repeat.NEVER;
            this.periodMs = 0;
            this.atMs = saturatedSum(timers.nowMs(), delayMs);
        }

        void arm() {
            if (shutdown) {
                cancel(false);
            }
            if (isDone()) {
                return;
            }
            waiting = waiting.isEmpty() ? new LinkedHashSet<>() : waiting;
            waiting.add(this);
            timer = timers.at(atMs, this);
        }

        @Override
        public void run() {
            timer = null;
            waiting.remove(this);
            if (repeat == Repeat.NEVER) {
                super.run();
            } else if (runAndReset() && !shutdown) {
                atMs = saturatedSum(repeat == Repeat.FIXED_RATE ? atMs : timers.nowMs(), periodMs);
                arm();
            }
            rethrow();
        }

        @Override
        protected void setException(Throwable t) {
            thrown = t;
            super.setException(t);
        }

        /** Nobody asks the futures of periodic work: the loop must hear of a failure. */
        private void rethrow() {
            Throwable t = thrown;
            thrown = null;
            if (t instanceof RuntimeException e) {
                throw e;
            }
            if (t instanceof Error e) {
                throw e;
            }
            if (t != null) {
                throw new IllegalStateException("a scheduled task failed", t);
            }
        }

        @Override
        protected void done() {
            if (!isCancelled()) {
                return;
            }
            if (timers.isOnLoop()) {
                disarm();
            } else {
                timers.post(this::disarm); // If refused, the timer finds the task done.
            }
        }

        private void disarm() {
            waiting.remove(this);
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atMs - timers.nowMs(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }

        private static long saturatedSum(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }
    }
}
