package io.thicket.sim.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code --record-commands}. A disk that gets full ends the record and not the run; {@link #close} says so. */
final class CommandRecord implements Closeable {
    private final Writer file;
    private @Nullable IOException problem;

    CommandRecord(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    void add(String line) {
        if (problem != null) {
            return;
        }
        try {
            file.write(line + "\n");
            file.flush(); // whoever ends the program has what was done so far
        } catch (IOException e) {
            problem = e;
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = problem;
        try {
            file.close();
        } catch (IOException e) {
            first = first == null ? e : first;
        }
        if (first != null) {
            throw first;
        }
    }
}
