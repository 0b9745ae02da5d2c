package io.thicket.sim.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PostedTimersTest {
    private final Posts posts = new Posts();
    private final Simulation simulation = new Simulation();
    private final VirtualTimers virtual = new VirtualTimers(simulation, 0, 0);
    private final PostedTimers timers = new PostedTimers(virtual, posts);

    private boolean postFromOutside(Runnable task) {
        return CompletableFuture.supplyAsync(() -> !timers.isOnLoop() && timers.post(task))
                .join();
    }

    @Test
    void a_task_of_another_thread_waits_until_the_simulations_thread_takes_it() {
        int[] done = new int[1];

        assertTrue(postFromOutside(() -> done[0]++));

        assertEquals(0, simulation.pendingEvents());
        Runnable waiting = posts.poll();
        assertTrue(waiting != null);
        waiting.run();
        assertEquals(0, done[0]);
        simulation.runUntil(0);
        assertEquals(1, done[0]);
    }

    @Test
    void the_simulations_own_thread_need_not_queue() {
        assertTrue(timers.isOnLoop());
        assertTrue(timers.post(() -> {}));

        assertEquals(1, simulation.pendingEvents());
        assertTrue(posts.poll() == null);
    }

    @Test
    void a_task_for_a_boot_that_has_ended_is_dropped() {
        int[] done = new int[1];
        postFromOutside(() -> done[0]++);
        virtual.kill();

        Runnable waiting = posts.poll();
        assertTrue(waiting != null);
        waiting.run();
        simulation.runUntil(1_000);

        assertEquals(0, done[0]);
    }

    @Test
    void a_full_queue_refuses_and_counts() {
        for (int i = 0; i < Posts.MAX_WAITING; i++) {
            assertTrue(postFromOutside(() -> {}));
        }

        assertFalse(postFromOutside(() -> {}));
        assertFalse(posts.postWithin(() -> {}, 1));
        assertEquals(2, timers.refusedPosts());
    }
}
