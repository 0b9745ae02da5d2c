package io.thicket.sim.check;

/** A run broke a promise. The message says which, when, and with which seed to see it again. */
public final class InvariantViolation extends AssertionError {
    private final String invariant;

    /** A violation of {@code invariant}. */
    public InvariantViolation(String invariant, String message) {
        super(message);
        this.invariant = invariant;
    }

    /** The name of what was broken. */
    public String invariant() {
        return invariant;
    }
}
