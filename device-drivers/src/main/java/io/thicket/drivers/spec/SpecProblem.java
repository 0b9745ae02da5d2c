package io.thicket.drivers.spec;

/**
 * Something wrong in a specification file.
 *
 * @param line from 1; 0 if it is about the whole file
 * @param column from 1
 * @param message what is wrong
 * @param hint what to write instead, empty if that is clear
 */
public record SpecProblem(int line, int column, String message, String hint) {
    @Override
    public String toString() {
        String place = line == 0 ? "" : line + ":" + column + ": ";
        return place + message + (hint.isEmpty() ? "" : "; " + hint);
    }
}
