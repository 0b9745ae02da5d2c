package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.fail;

import io.thicket.routing.engine.RuleSwitches.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checker that finds nothing when a rule is switched off is too weak: each rule's absence must break an invariant. */
class MutationTest {
    private static final int SEEDS = 20;

    /** U6 and U8 off are caught in RoutingTableTest and RouterTest: a swarm this short never needs them. */
    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {"U6_HOLD", "U8_DESCENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void switching_a_rule_off_is_caught_by_the_swarm(Rule rule) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try {
                SwarmTest.run(seed, RuleSwitches.without(rule));
            } catch (AssertionError expected) {
                return;
            }
        }
        fail(rule + " is not missed by any of " + SEEDS + " seeds");
    }
}
