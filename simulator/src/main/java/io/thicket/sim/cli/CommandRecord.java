package io.thicket.sim.cli;

import io.thicket.sim.output.FirstProblem;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The file of {@code --record-commands}. A disk that gets full ends the record and not the run; {@link #close} says so. */
final class CommandRecord implements Closeable {
    private final Writer file;
    private final FirstProblem problem = new FirstProblem();

    CommandRecord(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** Told once, when the disk is full. */
    void onProblem(Consumer<IOException> listener) {
        problem.tell(listener);
    }

    void add(String line) {
        problem.attempt(() -> {
            file.write(line + "\n");
            file.flush(); // whoever ends the program has what was done so far
        });
    }

    @Override
    public void close() throws IOException {
        problem.close(file);
    }
}
