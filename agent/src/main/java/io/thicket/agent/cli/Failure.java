package io.thicket.agent.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot go on: one sentence for the person, and the exit code. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode code;

    /** {@code message} is null only if it comes from an exception without one. */
    public Failure(ExitCode code, @Nullable String message) {
        super(message == null ? "unknown problem" : message, null, false, false);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
