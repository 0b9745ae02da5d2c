package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with the parts of a foreign file, so that all of it is told at once and not one mistake a run. */
final class ImportProblems {
    /** Most that are told; more would scroll away. */
    static final int MAX_PROBLEMS = 20;

    private final List<String> problems = new ArrayList<>();

    /** Reads one part of a file. */
    @FunctionalInterface
    interface Part {
        void read() throws ImportException;
    }

    /** {@code where} names the part, as {@code line 3}. False if so much is wrong that the rest need not be read. */
    boolean read(String where, Part part) {
        try {
            part.read();
        } catch (ImportException e) {
            if (problems.size() == MAX_PROBLEMS) {
                problems.add("more is wrong than these " + MAX_PROBLEMS);
                return false;
            }
            problems.add(where + ": " + e.getMessage());
            return !e.isLast();
        }
        return true;
    }

    /** Throws all of them, a line each, if there are any. */
    void throwIfAny() throws ImportException {
        if (!problems.isEmpty()) {
            throw new ImportException(String.join("\n", problems));
        }
    }
}
