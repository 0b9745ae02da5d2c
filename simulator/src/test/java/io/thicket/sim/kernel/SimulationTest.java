package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();

    @Test
    void events_run_in_order_of_time_and_ties_in_order_of_scheduling() {
        at(20, "c");
        at(10, "a");
        at(20, "d");
        at(10, "b");

        simulation.runUntil(100);

        assertEquals(List.of("a@10", "b@10", "c@20", "d@20"), log);
        assertEquals(100, simulation.nowUs());
        assertEquals(4, simulation.executedEvents());
    }

    @Test
    void ties_of_several_nodes_do_not_depend_on_who_scheduled_first() {
        VirtualTimers timers = new VirtualTimers(simulation, 1, 0);
        List<LongConsumer> plans = new ArrayList<>(List.of(
                ms -> simulation.schedule(2, 1000 * ms, () -> log.add("2")),
                ms -> simulation.schedule(1, 1000 * ms, () -> log.add("1")),
                ms -> simulation.schedule(Simulation.NOBODY, 1000 * ms, () -> log.add("nobody")),
                ms -> timers.at(ms, () -> log.add("timer of 1")),
                ms -> simulation.schedule(70_000, 1000 * ms, () -> log.add("70000"))));

        for (int turn = 0; turn < plans.size(); turn++) {
            long ms = turn + 1;
            log.clear();
            plans.forEach(plan -> plan.accept(ms));
            // Scheduled at that instant by somebody whose turn is before.
            simulation.schedule(0, 1000 * ms, () -> simulation.schedule(3, 1000 * ms, () -> log.add("3")));

            simulation.runUntil(1000 * ms);

            assertEquals(List.of("nobody", "1", "timer of 1", "2", "3", "70000"), log);
            Collections.rotate(plans, 1);
        }
    }

    @Test
    void before_a_time_nothing_of_that_time_happens() {
        at(10, "a");
        at(20, "b");

        simulation.runBefore(20);

        assertEquals(List.of("a@10"), log);
        assertEquals(20, simulation.nowUs());
        simulation.runBefore(15); // time does not go back
        assertEquals(20, simulation.nowUs());
    }

    @Test
    void a_cancelled_event_never_runs_and_is_not_counted() {
        at(10, "a");
        Event b = at(20, "b");

        b.cancel();
        b.cancel();
        simulation.runUntil(100);

        assertEquals(List.of("a@10"), log);
        assertEquals(0, simulation.pendingEvents());
        assertFalse(b.isPending());
    }

    @Test
    void thousands_of_cancelled_events_do_not_stay_in_the_queue() {
        at(1_000_000, "last");
        for (int i = 0; i < 100_000; i++) {
            at(500_000 + i, "never").cancel();
        }

        assertEquals(1, simulation.pendingEvents());
        simulation.runUntil(2_000_000);

        assertEquals(List.of("last@1000000"), log);
    }

    @Test
    void an_event_scheduled_for_the_past_runs_now() {
        simulation.schedule(0, 50, () -> at(10, "late"));

        simulation.runUntil(100);

        assertEquals(List.of("late@50"), log);
    }

    @Test
    void a_condition_ends_the_run_at_the_event_that_fulfils_it() {
        at(10, "a");
        at(20, "b");
        at(30, "c");

        boolean held = simulation.runUntil(() -> log.size() == 2, 1000);

        assertTrue(held);
        assertEquals(20, simulation.nowUs());
        assertFalse(simulation.runUntil(() -> false, 1000));
        assertEquals(1000, simulation.nowUs());
    }

    @Test
    void observers_see_every_event_with_its_owner_and_can_end_the_run() {
        simulation.observe((nowUs, number, owner) -> log.add(number + " of " + owner));
        simulation.schedule(7, 10, () -> {});
        simulation.schedule(Simulation.NOBODY, 20, () -> {});
        simulation.runUntil(100);
        assertEquals(List.of("1 of 7", "2 of -1"), log);

        simulation.observe((nowUs, number, owner) -> {
            throw new AssertionError("broken");
        });
        at(200, "x");

        assertThrows(AssertionError.class, () -> simulation.runUntil(300));
    }

    private Event at(long us, String name) {
        return simulation.schedule(0, us, () -> log.add(name + "@" + simulation.nowUs()));
    }
}
