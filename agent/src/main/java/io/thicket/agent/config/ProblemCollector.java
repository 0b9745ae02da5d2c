package io.thicket.agent.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Gathers what is wrong in one file, so that all of it can be said at once. */
final class ProblemCollector {
    /** Where the first problem of a broken file ends up; more would scroll away. */
    static final int MAX_PROBLEMS = 100;

    private final String file;
    private final List<ConfigProblem> errors = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    private final boolean placed;

    ProblemCollector(String file) {
        this(file, true);
    }

    private ProblemCollector(String file, boolean placed) {
        this.file = file;
        this.placed = placed;
    }

    /** Of a text that is no file: its lines would mean nothing to anybody. */
    static ProblemCollector withoutPlaces(String name) {
        return new ProblemCollector(name, false);
    }

    void error(@Nullable TomlPosition at, String message, String hint) {
        ConfigProblem problem = problem(at, message, hint);
        if (errors.size() < MAX_PROBLEMS && !errors.contains(problem)) {
            errors.add(problem);
        }
    }

    /** A problem of another file that belongs to this one. */
    void add(ConfigProblem problem) {
        if (errors.size() < MAX_PROBLEMS && !errors.contains(problem)) {
            errors.add(problem);
        }
    }

    void warning(@Nullable TomlPosition at, String message, String hint) {
        warnings.add(problem(at, message, hint));
    }

    int errorCount() {
        return errors.size();
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }

    /** Throws if there is any error. */
    void throwIfAny() throws ConfigException {
        if (!errors.isEmpty()) {
            throw exception();
        }
    }

    ConfigException exception() {
        // This file first, then those that belong to it.
        errors.sort(
                Comparator.comparing((ConfigProblem problem) -> !problem.file().equals(file))
                        .thenComparing(ConfigProblem::file)
                        .thenComparingInt(ConfigProblem::line)
                        .thenComparingInt(ConfigProblem::column));
        return new ConfigException(errors);
    }

    private ConfigProblem problem(@Nullable TomlPosition at, String message, String hint) {
        if (at == null || !placed) {
            return new ConfigProblem(file, 0, 0, message, hint);
        }
        return new ConfigProblem(file, at.line(), at.column(), message, hint);
    }
}
