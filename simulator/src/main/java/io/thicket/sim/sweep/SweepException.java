package io.thicket.sim.sweep;

/** A file of a sweep, or an answer of a worker, that cannot be used; one sentence for a person. */
public sealed class SweepException extends Exception permits SweepInUseException {
    private static final long serialVersionUID = 1;

    SweepException(String message) {
        super(message, null, false, false);
    }
}
