package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.check.AcyclicSuccessors;
import io.thicket.routing.check.Judge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The update rules alone, searched at random: no rule missing, no loop; a shorter memory, a loop. */
class TableWalkTest {
    private static final long STEPS_PER_SEED = 20_000;
    private static final long SEEDS = Long.getLong("thicket.walk.seeds", 100);
    private static final long H = TableWalk.TIMES.tombstoneMs();

    @Test
    void no_walk_breaks_an_invariant() {
        long changes = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            TableWalk walk = new TableWalk(seed, RuleSwitches.ALL_ON, H, Judge.safety());
            assertEquals("", walk.walk(STEPS_PER_SEED), "seed " + seed);
            changes += walk.changes;
        }
        assertTrue(changes > SEEDS * STEPS_PER_SEED / 100, changes + " route changes are too few to mean anything");
    }

    /** 4.2 no. 9: a checker that finds no loop at A + D and below is too weak. */
    @ParameterizedTest
    @ValueSource(longs = {TableWalk.ALTERNATE + TableWalk.MESSAGE, TableWalk.ALTERNATE, TableWalk.MESSAGE})
    void a_tombstone_time_of_a_plus_d_or_less_loops(long holdTicks) {
        for (long seed = 1; seed <= 500; seed++) {
            TableWalk walk = new TableWalk(seed, RuleSwitches.ALL_ON, holdTicks, List.of(new AcyclicSuccessors()));
            if (!walk.walk(STEPS_PER_SEED).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("no loop found with a tombstone time of " + holdTicks + " ticks");
    }
}
