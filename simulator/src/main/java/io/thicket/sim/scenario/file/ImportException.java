package io.thicket.sim.scenario.file;

/** A network description of others that cannot be used; the message is a sentence with the line, if there are lines. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1;

    public ImportException(String message) {
        super(message, null, false, false);
    }
}
