package io.thicket.sim.sweep;

/** Results that another process writes: later they can be written. */
public final class SweepInUseException extends SweepException {
    private static final long serialVersionUID = 1;

    SweepInUseException(String message) {
        super(message);
    }
}
