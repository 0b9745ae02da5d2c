package io.thicket.routing.engine;

/**
 * Lets the mutation tests switch one normative rule off and see that a test notices. Only {@link #ALL_ON} exists
 * outside this package.
 */
final class RuleSwitches {
    static final RuleSwitches ALL_ON = new RuleSwitches(null);

    /** The rules of section 2.4 that can be broken on purpose. */
    enum Rule {
        U1_STRICT,
        U1_MEMORY,
        U3_IMPROVES_FD,
        U5_KEEPS_FD,
        U6_HOLD,
        U7_INCARNATION,
        U8_DESCENT
    }

    private final @org.jspecify.annotations.Nullable Rule broken;

    private RuleSwitches(@org.jspecify.annotations.Nullable Rule broken) {
        this.broken = broken;
    }

    /** Everything on but {@code rule}; called by tests only. */
    static RuleSwitches without(Rule rule) {
        return new RuleSwitches(rule);
    }

    boolean isOn(Rule rule) {
        return broken != rule;
    }
}
