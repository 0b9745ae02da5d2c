package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds nodes as scenarios name them: by number, or by name. */
final class NodeNames {
    private static final int SUGGESTIBLE = 1_000;

    private final List<String> names;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    NodeNames(List<String> names) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
    }

    int count() {
        return names.size();
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
        for (Object each : list) {
            one(reader, key, each).ifPresent(found::add);
        }
        return Optional.of(new ArrayList<>(found));
    }

    /** Two different nodes. */
    List<Integer> pair(SectionReader reader, String key) {
        List<Integer> both = nodes(reader, key).orElse(List.of());
        if (both.size() != 2) {
            reader.error(key, key + " is not two nodes", "write " + key + " = [3, 4]");
            return List.of();
        }
        return both;
    }

    Optional<Integer> one(SectionReader reader, String key, Object value) {
        if (value instanceof Long number) {
            if (number < 0 || number >= names.size()) {
                reader.error(
                        key,
                        key + ": there is no node " + number,
                        "nodes are numbered from 0 to " + (names.size() - 1));
                return Optional.empty();
            }
            return Optional.of(number.intValue());
        }
        Integer number = value instanceof String name ? numbers.get(name) : null;
        if (number == null) {
            String near = names.size() <= SUGGESTIBLE ? DidYouMean.hint(String.valueOf(value), names) : "";
            reader.error(key, key + ": there is no node '" + value + "'", near);
        }
        return Optional.ofNullable(number);
    }
}
