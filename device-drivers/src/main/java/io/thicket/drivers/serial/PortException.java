package io.thicket.drivers.serial;

/** A serial port cannot be used. The message is one sentence for people, with the cure. */
public final class PortException extends Exception {
    /** What is wrong. */
    public enum Problem {
        /** There is no such device node. */
        MISSING,
        /** This user may not open it. */
        PERMISSION_DENIED,
        /** Another program has it. */
        BUSY,
        /** The path leads to something else. */
        NOT_A_SERIAL_PORT,
        /** The device refuses the line parameters. */
        LINE_UNSUPPORTED,
        /** The server of a port behind a network is not there, or does not answer. */
        UNREACHABLE,
        /** The open port went away (unplugged). */
        LOST,
        /** The native library cannot be loaded. */
        NO_NATIVE_LIBRARY,
        /** A write or a command was not done before its deadline. */
        TIMEOUT
    }

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String sentence;

    public PortException(Problem problem, String sentence) {
        super(sentence, null, false, false);
        this.problem = problem;
        this.sentence = sentence;
    }

    /** The message, for people. */
    public String sentence() {
        return sentence;
    }

    public Problem problem() {
        return problem;
    }
}
