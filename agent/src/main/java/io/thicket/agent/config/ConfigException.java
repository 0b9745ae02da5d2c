package io.thicket.agent.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Its message is the whole text for a terminal: all problems and their number. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    /** With at least one problem. */
    public ConfigException(List<ConfigProblem> problems) {
        super(text(problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** In the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String text(List<ConfigProblem> problems) {
        String all = problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
        return all + (problems.size() > 1 ? "\n" + problems.size() + " problems" : "");
    }
}
