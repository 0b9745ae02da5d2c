package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Outputs that could not be written. None keeps the others from being written, and each is named at the end. */
final class UnwrittenFiles {
    private final List<String> messages = new ArrayList<>();

    /** {@code file} cannot be written, or not on to its end. */
    void add(Path file, IOException problem) {
        messages.add(OutputFiles.unwritable(file, problem).getMessage());
    }

    /** Writes a file, or remembers why not. */
    void write(Path file, String text) {
        try {
            OutputFiles.write(file, text);
        } catch (Failure failure) {
            messages.add(failure.getMessage());
        }
    }

    /** Everything was tried: a {@link Failure} names what is missing. */
    void raise() throws Failure {
        if (!messages.isEmpty()) {
            throw new Failure(ExitCode.CANNOT_CREATE, String.join("; ", messages));
        }
    }
}
