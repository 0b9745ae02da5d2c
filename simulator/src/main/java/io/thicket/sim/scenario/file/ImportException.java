package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A network description or table of others that cannot be used. The message is a sentence with the line, if there are lines; of a table
 * with several wrong rows it is one such line of text for each.
 */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean last;

    public ImportException(String message) {
        this(message, false);
    }

    private ImportException(String message, boolean last) {
        super(message, null, false, false);
        this.last = last;
    }

    /** A file that is too large: everything after it would be told the same. */
    static ImportException full(String message) {
        return new ImportException(message, true);
    }

    /** Whether the rest of the file need not be read. */
    boolean isLast() {
        return last;
    }

    /** The same of {@code file}, which each line names. */
    ImportException of(Path file) {
        return new ImportException(String.valueOf(getMessage())
                .lines()
                .map(problem -> file + ": " + problem)
                .collect(Collectors.joining("\n")));
    }

    /** Notes each of the problems at the key {@code file}, which names the file. */
    void tell(SectionReader reader, Path file) {
        String.valueOf(getMessage())
                .lines()
                .forEach(problem -> reader.error("file", "file " + file.getFileName() + ": " + problem, ""));
    }
}
