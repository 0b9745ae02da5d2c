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

    ProblemCollector(String file) {
        this.file = file;
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
        return new ConfigProblem(file, at == null ? 0 : at.line(), at == null ? 0 : at.column(), message, hint);
    }
}
