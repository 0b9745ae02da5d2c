package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds nodes as scenarios name them: by number, or by name. Where nodes could not be read, nobody is missed: that would be told once more
 * at each place that names one.
 */
final class NodeNames {
    private static final int SUGGESTIBLE = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    private final List<String> names;
    private final boolean guessed;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** Those of a plan. */
    static NodeNames of(NodePlan plan) {
        return new NodeNames(plan.names(), plan.guessed());
    }

    NodeNames(List<String> names, boolean guessed) {
        this.names = names;
        this.guessed = guessed;
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
    }

    /** Whether nodes could not be read, so that a table which names nodes cannot be read either. */
    boolean guessed() {
        return guessed;
    }

    int count() {
        return names.size();
    }

    String name(int node) {
        return names.get(node);
    }

    /** One node; a problem is noted and is empty. */
    Optional<Integer> node(SectionReader reader, String key) {
        return reader.value(key).flatMap(value -> one(reader, key, value));
    }

    /** A list of nodes in ascending order, each once; empty if the key is not there. */
    Optional<List<Integer>> nodes(SectionReader reader, String key) {
        Optional<Object> value = reader.value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof List<?> list)) {
            reader.error(key, key + " is no list of nodes", "write " + key + " = [0, 1], or names in quotes");
            return Optional.of(List.of());
        }
        TreeSet<Integer> found = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            element(reader, key, i, list.get(i)).ifPresent(found::add);
        }
        return Optional.of(new ArrayList<>(found));
    }

    /** The key {@code nodes}, or without it all that are usual; nobody deserves a look. */
    List<Integer> nodesOr(SectionReader reader, IntPredicate usual) {
        Optional<List<Integer>> listed = nodes(reader, "nodes");
        if (reader.value("nodes").filter(List.of()::equals).isPresent()) {
            reader.warning("nodes", "nodes: no node is in it, so that the section does nothing", "");
        }
        return listed.orElseGet(
                () -> IntStream.range(0, count()).filter(usual).boxed().toList());
    }

    /** Two different nodes. */
    List<Integer> pair(SectionReader reader, String key) {
        List<Integer> both = nodes(reader, key).orElse(List.of());
        if (both.size() != 2) {
            if (!guessed) {
                reader.error(key, key + " is not two nodes", "write " + key + " = [3, 4]");
            }
            return List.of();
        }
        return both;
    }

    /** The node that {@code value} names, which is (or is in) the element {@code index} of a list; a problem is noted there. */
    Optional<Integer> element(SectionReader reader, String key, int index, Object value) {
        Optional<Integer> found = find(value);
        if (found.isEmpty() && !guessed) {
            reader.error(key, index, key + ": " + nobody(value), hint(value));
        }
        return found;
    }

    /** The node that a table names, by name or else by number. A number is none where names are numbers: it would be another node. */
    int ofTable(String text) throws ImportException {
        Integer named = numbers.get(text);
        if (named != null) {
            return named;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw nobodyInTable(text);
        }
        if (namesAreNumbers()) {
            throw new ImportException(
                    nobody(text) + ": nodes of this network are called by numbers, so a number is a name here");
        }
        return ofNumber(text);
    }

    /** The node with a number that a table gives. */
    int ofNumber(String text) throws ImportException {
        Object value = NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        Optional<Integer> found = find(value);
        if (found.isEmpty()) {
            throw nobodyInTable(value);
        }
        return found.get();
    }

    private boolean namesAreNumbers() {
        return names.stream().anyMatch(name -> NUMBER.matcher(name).matches());
    }

    private ImportException nobodyInTable(Object value) {
        String hint = hint(value);
        return new ImportException(nobody(value) + (hint.isEmpty() ? "" : ": " + hint));
    }

    private Optional<Integer> one(SectionReader reader, String key, Object value) {
        Optional<Integer> found = find(value);
        if (found.isEmpty() && !guessed) {
            reader.error(key, key + ": " + nobody(value), hint(value));
        }
        return found;
    }

    private Optional<Integer> find(Object value) {
        if (value instanceof Long number) {
            return number < 0 || number >= names.size() ? Optional.empty() : Optional.of(number.intValue());
        }
        return value instanceof String name ? Optional.ofNullable(numbers.get(name)) : Optional.empty();
    }

    private static String nobody(Object value) {
        return "there is no node " + (value instanceof Long ? value : "'" + value + "'");
    }

    private String hint(Object value) {
        if (value instanceof Long) {
            return "nodes are numbered from 0 to " + (names.size() - 1);
        }
        return names.size() <= SUGGESTIBLE ? DidYouMean.hint(String.valueOf(value), names) : "";
    }
}
