package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopTest {
    private final LinkedBlockingQueue<Throwable> fatal = new LinkedBlockingQueue<>();
    private final EventLoop loop = new EventLoop("loop-under-test", fatal::add);

    @AfterEach
    void stop() {
        assertTrue(loop.stop(5000));
    }

    @Test
    void posted_tasks_run_in_order_on_one_thread() throws Exception {
        LinkedBlockingQueue<String> ran = new LinkedBlockingQueue<>();
        loop.start();

        for (int i = 0; i < 100; i++) {
            int number = i;
            assertTrue(loop.post(() -> ran.add(number + Thread.currentThread().getName() + loop.isOnLoop())));
        }

        for (int i = 0; i < 100; i++) {
            assertEquals(i + "loop-under-testtrue", ran.poll(5, TimeUnit.SECONDS));
        }
        assertFalse(loop.isOnLoop());
    }

    @Test
    void timers_run_in_order_of_time_and_never_early() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        long startMs = loop.nowMs();
        loop.at(startMs + 40, () -> {
            ran.add("late " + (loop.nowMs() >= startMs + 40));
            done.countDown();
        });
        loop.at(startMs + 10, () -> ran.add("first"));
        loop.at(startMs + 10, () -> ran.add("second"));
        loop.at(startMs + 20, () -> ran.add("cancelled")).cancel();

        loop.start();

        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(List.of("first", "second", "late true"), ran);
    }

    @Test
    void timer_set_by_a_task_wakes_the_waiting_loop_in_time() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.at(loop.nowMs() + 3_600_000, () -> {});
        loop.start();

        loop.post(() -> loop.at(loop.nowMs() + 5, done::countDown));

        assertTrue(done.await(5, TimeUnit.SECONDS));
    }

    @Test
    void task_that_throws_is_counted_and_the_loop_goes_on() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.start();

        loop.post(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        loop.post(done::countDown);

        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(1, loop.errors());
    }

    @Test
    void failed_assertion_ends_the_loop_and_is_reported() throws Exception {
        loop.start();

        loop.post(() -> {
            throw new AssertionError("thrown by a test");
        });

        assertInstanceOf(AssertionError.class, fatal.poll(5, TimeUnit.SECONDS));
        assertTrue(loop.stop(5000));
        assertFalse(loop.post(() -> {}));
    }

    @Test
    void full_queue_refuses_and_counts() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loop.start();
        loop.post(() -> {
            blocked.countDown();
            awaitQuietly(release);
        });
        assertTrue(blocked.await(5, TimeUnit.SECONDS));

        int accepted = 0;
        for (int i = 0; i < EventLoop.MAX_POSTS + 10; i++) {
            accepted += loop.post(() -> {}) ? 1 : 0;
        }
        release.countDown();

        assertEquals(EventLoop.MAX_POSTS, accepted);
        assertEquals(10, loop.refusedPosts());
    }

    @Test
    void stop_runs_what_was_accepted_and_refuses_the_rest() {
        List<String> ran = new ArrayList<>();
        loop.start();
        loop.post(() -> ran.add("accepted"));

        assertTrue(loop.stop(5000));

        assertEquals(List.of("accepted"), ran);
        assertFalse(loop.post(() -> ran.add("late")));
        assertEquals(1, loop.refusedPosts());
    }

    @Test
    void stop_gives_up_at_its_deadline() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        loop.start();
        loop.post(() -> {
            blocked.countDown();
            awaitQuietly(release);
        });
        assertTrue(blocked.await(5, TimeUnit.SECONDS));

        assertFalse(loop.stop(10));

        release.countDown();
    }

    @Test
    void due_timers_go_before_a_flood_of_posts() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Runnable flood = new Runnable() {
            @Override
            public void run() {
                loop.post(this);
                loop.post(this);
            }
        };
        loop.at(loop.nowMs() + 20, done::countDown);
        loop.start();

        loop.post(flood);

        assertTrue(done.await(5, TimeUnit.SECONDS));
    }

    @Test
    void cancelled_timers_leave_the_heap() {
        TimerQueue timers = new TimerQueue();
        for (int i = 0; i < 10 * TimerQueue.MAX_TIMERS; i++) {
            timers.add(1000 + i, () -> {}).cancel();
        }
        assertEquals(0, timers.size());
        assertEquals(Long.MAX_VALUE, timers.nextMs());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
