package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.node.EventLoop;
import io.thicket.agent.node.ManualTimers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeExecutorTest {
    private final ManualTimers timers = new ManualTimers();
    private final NodeExecutor executor = new NodeExecutor(timers);
    private final List<Long> ranAtMs = new ArrayList<>();

    @Test
    void submitted_task_runs_on_the_loop_not_at_once() throws Exception {
        Future<String> future = executor.submit(() -> "done");

        assertFalse(future.isDone());
        timers.advance(0);
        assertEquals("done", future.get());
    }

    @Test
    void delay_is_rounded_up_to_milliseconds() {
        executor.schedule(this::mark, 1_000_001, TimeUnit.NANOSECONDS);
        executor.schedule(this::mark, 5, TimeUnit.SECONDS);
        executor.schedule(this::mark, Long.MAX_VALUE, TimeUnit.DAYS);

        timers.advance(10_000);

        assertEquals(List.of(2L, 5000L), ranAtMs);
    }

    @Test
    void fixed_rate_keeps_its_grid_and_stops_when_cancelled() {
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(this::mark, 10, 100, TimeUnit.MILLISECONDS);

        timers.advance(250);
        future.cancel(false);
        timers.advance(1000);

        assertEquals(List.of(10L, 110L, 210L), ranAtMs);
        assertEquals(0, timers.waiting());
    }

    @Test
    void fixed_delay_repeats() {
        executor.scheduleWithFixedDelay(this::mark, 0, 7, TimeUnit.MILLISECONDS);

        timers.advance(20);

        assertEquals(List.of(0L, 7L, 14L), ranAtMs);
    }

    @Test
    void failure_of_a_repeating_task_reaches_the_loop_and_ends_it() {
        executor.scheduleAtFixedRate(
                () -> {
                    throw new IllegalStateException("thrown by a test");
                },
                1,
                1,
                TimeUnit.MILLISECONDS);

        assertThrows(IllegalStateException.class, () -> timers.advance(1));
        timers.advance(10);
        assertEquals(0, timers.waiting());
    }

    @Test
    void task_can_cancel_its_own_repetition() {
        List<ScheduledFuture<?>> self = new ArrayList<>();
        self.add(executor.scheduleAtFixedRate(
                () -> {
                    mark();
                    self.get(0).cancel(false);
                },
                1,
                1,
                TimeUnit.MILLISECONDS));

        timers.advance(10);

        assertEquals(List.of(1L), ranAtMs);
        assertEquals(0, timers.waiting());
    }

    @Test
    void shutdown_cancels_what_waits_and_refuses_what_comes() {
        ScheduledFuture<?> waiting = executor.schedule(this::mark, 10, TimeUnit.MILLISECONDS);

        executor.shutdown();
        timers.advance(100);

        assertTrue(waiting.isCancelled());
        assertTrue(executor.isTerminated());
        assertEquals(List.of(), ranAtMs);
        assertThrows(RejectedExecutionException.class, () -> executor.execute(this::mark));
        assertThrows(RejectedExecutionException.class, () -> executor.schedule(this::mark, 1, TimeUnit.SECONDS));
    }

    @Test
    void remaining_delay_is_measured_in_virtual_time() {
        ScheduledFuture<?> future = executor.schedule(this::mark, 100, TimeUnit.MILLISECONDS);

        timers.advance(30);

        assertEquals(70, future.getDelay(TimeUnit.MILLISECONDS));
    }

    @Test
    void another_thread_can_schedule_and_cancel() throws Exception {
        EventLoop loop = new EventLoop("loop-under-test", e -> {});
        NodeExecutor onLoop = new NodeExecutor(loop);
        loop.start();

        onLoop.schedule(this::mark, 1, TimeUnit.HOURS).cancel(false);
        Boolean ranOnLoop =
                onLoop.schedule(loop::isOnLoop, 1, TimeUnit.MILLISECONDS).get(5, TimeUnit.SECONDS);

        assertTrue(ranOnLoop);
        assertTrue(loop.stop(5000));
        assertEquals(0, loop.errors());
    }

    private void mark() {
        ranAtMs.add(timers.nowMs());
    }
}
