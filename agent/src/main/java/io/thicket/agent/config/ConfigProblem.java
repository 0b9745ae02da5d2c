package io.thicket.agent.config;

/**
 * One thing that is wrong in a configuration.
 *
 * @param file as the user named it
 * @param line from 1, 0 if it concerns the whole file
 * @param column from 1, 0 if it concerns the whole file
 * @param message what is wrong
 * @param hint what to write instead, empty if the message says it all
 */
public record ConfigProblem(String file, int line, int column, String message, String hint) {
    /** {@code FILE:LINE:COLUMN}, or {@code FILE} if it concerns the whole file. */
    public String where() {
        return line > 0 ? file + ":" + line + ":" + column : file;
    }

    /** {@code FILE:LINE:COLUMN: MESSAGE}, and the hint on a line of its own. */
    @Override
    public String toString() {
        return where() + ": " + message + (hint.isEmpty() ? "" : "\n    " + hint);
    }
}
