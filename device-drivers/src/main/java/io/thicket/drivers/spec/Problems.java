package io.thicket.drivers.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Gathers what is wrong in one file, so that all of it can be said at once. */
final class Problems {
    /** More would scroll away. */
    static final int MAX_PROBLEMS = 100;

    private final List<SpecProblem> problems = new ArrayList<>();

    void add(@Nullable TomlPosition at, String message, String hint) {
        add(at == null ? 0 : at.line(), at == null ? 0 : at.column(), message, hint);
    }

    void add(int line, int column, String message, String hint) {
        SpecProblem problem = new SpecProblem(line, column, message, hint);
        if (problems.size() < MAX_PROBLEMS && !problems.contains(problem)) {
            problems.add(problem);
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    void throwIfAny() throws SpecException {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(SpecProblem::line).thenComparingInt(SpecProblem::column));
            throw new SpecException(problems);
        }
    }
}
