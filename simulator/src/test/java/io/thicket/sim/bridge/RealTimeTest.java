package io.thicket.sim.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RealTimeTest {
    /** A clock that goes on while somebody waits, and a queue in which something turns up at given times. */
    private static final class World implements RealTime.Waiting {
        private record Arrival(long atNs, Runnable task) {}

        private final Deque<Arrival> coming = new ArrayDeque<>();
        private long nowNs = 7_000_000_000L;
        private final long originNs = nowNs;
        private int waits;

        void arrives(long atUs, Runnable task) {
            coming.add(new Arrival(originNs + atUs * 1_000, task));
        }

        void works(long us) {
            nowNs += us * 1_000;
        }

        long nowUs() {
            return (nowNs - originNs) / 1_000;
        }

        @Override
        public @Nullable Runnable poll() {
            return !coming.isEmpty() && coming.getFirst().atNs <= nowNs ? coming.removeFirst().task : null;
        }

        @Override
        public @Nullable Runnable await(long ns) {
            waits++;
            if (!coming.isEmpty() && coming.getFirst().atNs <= nowNs + ns) {
                nowNs = Math.max(nowNs, coming.getFirst().atNs);
                return coming.removeFirst().task;
            }
            nowNs += ns;
            return null;
        }
    }

    private final World world = new World();
    private final Simulation simulation = new Simulation();
    private final RealTime time = new RealTime(() -> world.nowNs, world);

    @Test
    void events_run_when_the_clock_shows_their_time() {
        List<Long> ran = new ArrayList<>();
        for (long atUs : new long[] {3_000, 3_100, 250_000, 900_000}) {
            simulation.schedule(Simulation.NOBODY, atUs, () -> ran.add(world.nowUs() - simulation.nowUs()));
        }

        assertTrue(time.runUntil(simulation, 1_000_000));

        assertEquals(4, ran.size());
        ran.forEach(late -> assertTrue(late >= 0 && late <= RealTime.LEAST_STEP_US, () -> late + " us late"));
        assertEquals(1_000_000, simulation.nowUs());
        assertEquals(1_000_000, world.nowUs());
        assertEquals(0, time.lateSeconds());
    }

    @Test
    void a_quiet_simulation_does_not_keep_the_processor_busy() {
        time.runUntil(simulation, 10_000_000);

        assertTrue(world.waits <= 250, () -> world.waits + " waits in 10 s");
    }

    @Test
    void what_comes_from_outside_is_done_at_the_present_time() {
        List<Long> at = new ArrayList<>();
        world.arrives(42_000, () -> at.add(simulation.nowUs()));
        world.arrives(42_000, () -> simulation.schedule(0, simulation.nowUs(), () -> at.add(simulation.nowUs())));

        time.runUntil(simulation, 100_000);

        assertEquals(List.of(42_000L, 42_000L), at);
    }

    @Test
    void a_machine_that_is_too_slow_is_behind_catches_up_and_says_how_far_it_was() {
        simulation.schedule(Simulation.NOBODY, 10_000, () -> world.works(500_000));
        List<Long> late = new ArrayList<>();
        simulation.schedule(Simulation.NOBODY, 20_000, () -> late.add(world.nowUs() - simulation.nowUs()));

        time.runUntil(simulation, 2_000_000);

        assertEquals(List.of(490_000L), late);
        assertEquals(500, time.mostLagMs());
        assertTrue(time.lateSeconds() > 0.4, () -> time.lateSeconds() + " s");
        assertEquals(0, time.lagMs());
        assertEquals(2_000_000, world.nowUs());
    }

    @Test
    void while_it_is_behind_what_comes_from_outside_still_has_its_turn() {
        simulation.schedule(Simulation.NOBODY, 1_000, () -> world.works(1_000_000));
        List<Long> at = new ArrayList<>();
        world.arrives(2_000, () -> at.add(simulation.nowUs()));

        time.runUntil(simulation, 2_000_000);

        assertEquals(1, at.size());
        assertTrue(at.get(0) <= 1_000 + RealTime.MOST_STEP_US, at::toString);
    }

    @Test
    void a_flood_from_outside_does_not_stop_the_simulation() {
        int[] taken = new int[1];
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            taken[0]++;
            world.works(10);
            world.coming.addFirst(new World.Arrival(world.nowNs, again[0]));
        };
        world.arrives(0, again[0]);

        time.runUntil(simulation, 100_000);

        assertEquals(100_000, simulation.nowUs());
        assertTrue(taken[0] >= 9_000 && taken[0] <= 11_000 + RealTime.TASKS_PER_STEP, () -> taken[0] + " taken");
    }

    @Test
    void it_can_be_stopped_in_the_middle() {
        world.arrives(30_000, time::stop);

        assertFalse(time.runUntil(simulation, 1_000_000));

        assertTrue(simulation.nowUs() < 40_000, () -> simulation.nowUs() + " us");
    }
}
