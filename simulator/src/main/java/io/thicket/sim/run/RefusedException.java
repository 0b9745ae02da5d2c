package io.thicket.sim.run;

/** What was asked of a run cannot be done now; the message says why, to a person. Nothing has happened. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedException(String message) {
        super(message, null, false, false);
    }
}
