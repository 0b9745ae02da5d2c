package io.thicket.sim.console;

/** A line that is no command, with the column (from 1) where it goes wrong; the message is for people. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;

    CommandException(int column, String message) {
        super(message, null, false, false);
        this.column = column;
    }

    public int column() {
        return column;
    }

    /** The message alone; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
