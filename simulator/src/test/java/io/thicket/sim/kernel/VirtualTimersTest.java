package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Timers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VirtualTimersTest {
    private final Simulation simulation = new Simulation();
    private final VirtualTimers timers = new VirtualTimers(simulation, 3, 5_000);
    private final List<String> log = new ArrayList<>();

    @Test
    void the_clock_has_its_own_origin_and_a_timer_fires_when_it_shows_the_time() {
        timers.at(5_250, () -> log.add("timer@" + timers.nowMs()));

        simulation.runUntil(1_000_000);

        assertEquals(List.of("timer@5250"), log);
        assertEquals(6_000, timers.nowMs());
    }

    @Test
    void a_timer_of_a_clock_that_drifts_never_fires_before_the_clock_shows_its_time() {
        for (int ppm : new int[] {-90_000, -200, 0, 200, 90_000}) {
            Simulation its = new Simulation();
            VirtualTimers drifting =
                    new VirtualTimers(its, 1, 5_000, simulatedMs -> Math.floorDiv(simulatedMs * ppm, 1_000_000));
            List<Long> late = new ArrayList<>();
            for (long atMs = 5_001; atMs < 65_000; atMs += 997) {
                long due = atMs;
                drifting.at(due, () -> late.add(drifting.nowMs() - due));
            }

            its.runUntil(120_000_000);

            assertEquals(61, late.size());
            // A fast clock skips a millisecond now and then, and nothing is later than that.
            assertEquals(List.of(), late.stream().filter(ms -> ms < 0 || ms > 1).toList(), () -> ppm + " ppm");
            assertEquals(5_000 + 120_000 + 120_000L * ppm / 1_000_000, drifting.nowMs());
        }
    }

    @Test
    void a_timer_can_be_taken_back_even_after_it_ran() {
        Timers.Handle first = timers.at(5_010, () -> log.add("first"));
        Timers.Handle second = timers.at(5_020, () -> log.add("second"));

        second.cancel();
        simulation.runUntil(1_000_000);
        first.cancel();

        assertEquals(List.of("first"), log);
        assertEquals(0, timers.pending());
        assertEquals(0, simulation.pendingEvents());
    }

    @Test
    void a_posted_task_runs_at_the_same_instant_but_not_inside_the_caller() {
        timers.at(5_010, () -> {
            timers.post(() -> log.add("posted@" + timers.nowMs()));
            log.add("caller");
        });

        simulation.runUntil(1_000_000);

        assertEquals(List.of("caller", "posted@5010"), log);
    }

    @Test
    void timers_beside_a_list_of_what_waits() {
        SplittableRandom random = new SplittableRandom(1);
        List<Timers.Handle> handles = new ArrayList<>();
        Set<Integer> model = new HashSet<>(); // what waits, places in that list
        for (int i = 0; i < 20_000; i++) {
            int number = handles.size();
            if (random.nextInt(3) != 0) {
                model.add(number);
                handles.add(timers.at(timers.nowMs() + random.nextInt(1, 20), () -> {
                    assertTrue(model.remove(number));
                    assertEquals(model.size(), timers.pending());
                }));
            } else if (!handles.isEmpty() && random.nextBoolean()) {
                int taken = handles.size() - 1 - random.nextInt(Math.min(handles.size(), 40));
                handles.get(taken).cancel();
                model.remove(taken);
            } else {
                simulation.runUntil(simulation.nowUs() + 1_000);
            }
            assertEquals(model.size(), timers.pending());
            assertEquals(model.size(), simulation.pendingEvents());
        }

        timers.kill();

        assertEquals(0, timers.pending());
        assertEquals(0, simulation.pendingEvents());
    }

    @Test
    void a_killed_node_runs_nothing_any_more() {
        timers.at(5_010, () -> log.add("never"));
        timers.post(() -> log.add("never"));

        timers.kill();
        timers.at(5_020, () -> log.add("never"));

        assertFalse(timers.post(() -> log.add("never")));
        simulation.runUntil(1_000_000);
        assertEquals(List.of(), log);
        assertEquals(0, simulation.pendingEvents());
    }

    @Test
    void never_is_a_time_that_does_not_come() {
        timers.at(Long.MAX_VALUE, () -> log.add("never"));

        simulation.runUntil(3_600_000_000L);

        assertEquals(List.of(), log);
        assertEquals(1, timers.pending());
    }

    @Test
    void a_node_that_sets_timers_without_end_is_caught() {
        for (int i = 0; i < VirtualTimers.MAX_PENDING; i++) {
            timers.at(6_000, () -> {});
        }

        assertThrows(IllegalStateException.class, () -> timers.at(6_000, () -> {}));
    }
}
