package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.thicket.routing.check.Judge;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The mutation gate of 4.1: each rule switched off is noticed by a search of bounded steps, or by a named story. A judge
 * that misses one is too weak.
 */
@Tag("any-jdk") // it only computes
class MutationTest {
    private static final long STEPS_PER_SEED = 20_000;

    /** At most 8 million steps; a few seconds. Most mutants need less than 100 000. */
    private static final int WALK_SEEDS = 400;

    private static final int SWARM_SEEDS = 100;

    /** How a mutant is caught: by the story, or, if there is none, by the walk over routing tables. */
    private static Consumer<RuleSwitches> storyOf(Rule rule) {
        return switch (rule) {
            case U2_AGE -> RuleContracts::u2Age;
            case U2_IMPROVES_FD -> RuleContracts::u2ImprovesFd;
            case U4_KEEPS_ROUTE -> RuleContracts::u4KeepsRoute;
            case U5_NEXT_HOP_ONLY -> RuleContracts::u5NextHopOnly;
            case U6_TABLE_FULL -> RuleContracts::u6TableFull;
            case U8_DESCENT -> RuleContracts::u8Descent;
            case U9_ACK_OF_THE_ROUTE -> RuleContracts::u9AckOfTheRoute;
            case U9_FIRST_SENT -> RuleContracts::u9FirstSent;
            case U1_STRICT,
                    U1_MEMORY,
                    U2_TWO_WAY,
                    U2_FEASIBLE_NOW,
                    U3_SAME_ROUTE,
                    U3_IMPROVES_FD,
                    U4_KEEPS_FD,
                    U5_KEEPS_FD,
                    U6_HOLD,
                    U6_HOLD_ON_ACK,
                    U7_INCARNATION,
                    U9_KEEPS_LIFE,
                    U10_SELF -> MutationTest::walk;
        };
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void switching_a_rule_off_is_caught(Rule rule) {
        Consumer<RuleSwitches> story = storyOf(rule);

        assertThrows(AssertionError.class, () -> story.accept(RuleSwitches.without(rule)), "nobody misses " + rule);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void with_all_rules_on_the_same_story_passes(Rule rule) {
        assertDoesNotThrow(() -> storyOf(rule).accept(RuleSwitches.ALL_ON));
    }

    /** The same rules in whole routers: these mutants do not survive the swarm either. */
    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {
                "U1_STRICT",
                "U1_MEMORY",
                "U2_TWO_WAY",
                "U2_FEASIBLE_NOW",
                "U3_SAME_ROUTE",
                "U3_IMPROVES_FD",
                "U4_KEEPS_FD",
                "U5_KEEPS_FD",
                "U6_HOLD",
                "U7_INCARNATION"
            })
    void switching_a_rule_off_is_caught_by_the_swarm(Rule rule) {
        Swarm swarm = new Swarm(seed -> RuleSwitches.without(rule));
        for (int seed = 1; seed <= SWARM_SEEDS; seed++) {
            try {
                swarm.run(seed);
            } catch (AssertionError expected) {
                return;
            }
        }
        fail(rule + " is not missed by any of " + SWARM_SEEDS + " seeds");
    }

    private static void walk(RuleSwitches rules) {
        int seeds = rules == RuleSwitches.ALL_ON ? 20 : WALK_SEEDS;
        for (long seed = 1; seed <= seeds; seed++) {
            TableWalk walk = new TableWalk(seed, rules, TableWalk.TIMES.tombstoneMs(), Judge.safety());
            String problem = walk.walk(STEPS_PER_SEED);
            assertTrue(problem.isEmpty(), "seed " + seed + ": " + problem);
        }
    }
}
