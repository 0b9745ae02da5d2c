package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.routing.MeshRouter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTimerTest {
    private final ManualTimers timers = new ManualTimers();
    private final List<Long> rings = new ArrayList<>();
    private long deadlineMs = MeshRouter.NEVER;
    private boolean broken;
    private Runnable task = () -> {};
    private final DeadlineTimer timer = new DeadlineTimer(timers) {
        @Override
        void onTime() {
            ring();
        }

        @Override
        long deadlineMs() {
            return deadlineMs;
        }
    };

    private void ring() {
        rings.add(timers.nowMs());
        task.run();
        if (broken) {
            throw new IllegalStateException("a broken task");
        }
        deadline(deadlineMs > timers.nowMs() ? deadlineMs : MeshRouter.NEVER);
    }

    private void deadline(long ms) {
        deadlineMs = ms;
        timer.rearm(ms);
    }

    @Test
    void it_rings_at_the_nearest_deadline_and_at_one_that_moved_away() {
        deadline(100);
        deadline(50);
        deadline(80);

        timers.advance(200);

        assertEquals(List.of(50L, 80L), rings);
    }

    @Test
    void a_task_that_threw_is_called_at_the_next_deadline() {
        deadline(50);
        broken = true;
        deadlineMs = 120;
        assertThrows(IllegalStateException.class, () -> timers.advance(60));
        broken = false;
        deadlineMs = MeshRouter.NEVER;

        timers.advance(200);

        assertEquals(List.of(50L, 120L), rings);
    }

    @Test
    void a_task_that_threw_after_it_armed_the_timer_is_called_at_the_deadline_that_came_nearer() {
        deadline(50);
        broken = true;
        deadlineMs = 500;
        task = () -> {
            deadline(500);
            deadlineMs = 120; // moved by a call within the task that failed
        };
        assertThrows(IllegalStateException.class, () -> timers.advance(60));
        broken = false;
        task = () -> {};
        deadlineMs = 120;

        timers.advance(100);

        assertEquals(List.of(50L, 120L), rings);
    }

    @Test
    void closed_it_does_not_ring() {
        deadline(50);
        timer.stop();
        deadline(40);

        timers.advance(200);

        assertEquals(List.of(), rings);
    }
}
