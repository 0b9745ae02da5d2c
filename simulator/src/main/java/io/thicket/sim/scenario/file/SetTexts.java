package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the {@code --set} of a command line, so that all that is wrong with them is told at once. */
final class SetTexts {
    private SetTexts() {}

    /** What {@code reader} makes of each text. Of one key there is one: the first of two would be ignored. */
    static <T> List<T> read(List<String> texts, Function<String, T> reader, Function<T, String> key) {
        List<String> problems = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<T> all = new ArrayList<>();
        for (String text : texts) {
            try {
                T its = reader.apply(text);
                if (keys.add(key.apply(its))) {
                    all.add(its);
                } else {
                    problems.add("--set " + key.apply(its) + " is there twice");
                }
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        refuse(problems);
        return all;
    }

    /** An {@link IllegalArgumentException} with all {@code problems}, a line each, if there are any. */
    static void refuse(List<String> problems) {
        if (problems.size() == 1) {
            throw new IllegalArgumentException(problems.get(0));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.size() + " problems with --set\n" + String.join("\n", problems));
        }
    }
}
