package io.thicket.gateway.mqtt;

import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A loop in real time that stands for the node, and everything the uplink settled. */
final class TestHost implements Uplink.Host, Timers, AutoCloseable {
    final Map<MessageId, SettleStatus> settled = new ConcurrentHashMap<>();

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-loop");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void settle(MessageId message, SettleStatus status) {
        settled.put(message, status);
    }

    @Override
    public void stateChanged() {}

    @Override
    public Timers timers() {
        return this;
    }

    @Override
    public long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(guarded(task), Math.max(0, atMs - nowMs()), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public boolean post(Runnable task) {
        loop.execute(guarded(task));
        return true;
    }

    /** Runs on the loop and waits for the result. */
    <T> T call(Callable<T> task) {
        try {
            return loop.submit(task).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for real until {@code condition} holds. */
    static void await(String what, long seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + seconds + " s for: " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                e.printStackTrace();
                throw e;
            }
        };
    }
}
