package io.thicket.drivers.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A specification that cannot be used, with everything that is wrong with it. */
public final class SpecException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<SpecProblem> problems;

    SpecException(List<SpecProblem> problems) {
        super(problems.stream().map(SpecProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the file. */
    public List<SpecProblem> problems() {
        return problems;
    }
}
