package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.engine.RuleSwitches.Rule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The swarm of 4.1: short by default; {@code -Dthicket.swarm.route-changes=10000000} is the long one. */
@Tag("any-jdk") // it only computes
class SwarmTest {
    private static final long ROUTE_CHANGES = Long.getLong("thicket.swarm.route-changes", 20_000);
    private static final long FIRST_SEED = Long.getLong("thicket.swarm.first-seed", 1);
    private static final long PROGRESS = 1_000_000;

    @Test
    void no_seed_breaks_an_invariant_or_loses_a_message() {
        Swarm swarm = new Swarm(seed -> RuleSwitches.ALL_ON);
        Swarm.Histogram histogram = swarm.histogram;
        long started = System.nanoTime();
        long reported = 0;

        for (long seed = FIRST_SEED; histogram.routeChanges < ROUTE_CHANGES; seed++) {
            swarm.run(seed);
            if (histogram.routeChanges - reported >= PROGRESS) {
                reported = histogram.routeChanges;
                System.out.println(histogram);
            }
        }

        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "swarm: %.0f s, %.0f route changes/s%n%s", seconds, histogram.routeChanges / seconds, histogram);
        for (String fault : new String[] {"reboot", "partition", "link cut", "pause"}) {
            assertTrue(histogram.faults.getOrDefault(fault, 0L) > 0, "no " + fault);
        }
        for (Reason reason : new Reason[] {Reason.EXPIRED, Reason.ALTERNATE, Reason.NEWER_SEQ, Reason.LINK_DOWN}) {
            assertTrue(histogram.changes.getOrDefault(reason, 0L) > 0, "no route " + reason);
        }
    }

    /**
     * The same run with a mutant in some of its seeds stops at the first of these that matters, not before. With
     * {@code -Dthicket.swarm.first-seed} a long run goes on here where it ended.
     */
    @Test
    void a_mutant_seeded_into_the_same_run_is_found() {
        Swarm swarm =
                new Swarm(seed -> seed % 10 == 0 ? RuleSwitches.without(Rule.U3_IMPROVES_FD) : RuleSwitches.ALL_ON);

        AssertionError found = assertThrows(AssertionError.class, () -> {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + 400; seed++) {
                swarm.run(seed);
            }
        });

        assertTrue(found.getMessage().matches("(?s)seed \\d+0: I[12] .*"), found.getMessage());
        System.out.println("swarm, mutant: found in "
                + found.getMessage().lines().findFirst().orElse(""));
    }

    @Test
    @Tag("I20")
    void i20_other_names_and_another_order_of_simultaneous_events_break_nothing() {
        for (long seed = 1; seed <= 10; seed++) {
            long used = seed;
            Swarm swarm = new Swarm(any -> RuleSwitches.ALL_ON);
            swarm.relabel = node -> (int) ((node * 7 + used * 3) % 23);

            swarm.run(seed);

            assertEquals(1, swarm.histogram.seeds);
        }
    }
}
