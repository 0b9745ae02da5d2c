package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands in a sweep more than once, and is run once: whoever wrote it may have meant something else. */
public final class Repeats {
    /** No more are listed one by one. */
    private static final int LISTED = 5;

    private Repeats() {}

    /** Of {@code KEY=VALUES} texts; a sentence for each that has equal values. */
    public static List<String> ofSets(List<String> texts) {
        List<String> told = new ArrayList<>();
        for (String text : texts) {
            Map.Entry<String, List<Object>> both = ValueList.parseSet(text);
            ofValues(both.getKey(), both.getValue()).ifPresent(told::add);
        }
        return told;
    }

    /** Which values of {@code key} are one, in the spelling that they have; empty if none are. */
    static Optional<String> ofValues(String key, List<Object> values) {
        Map<String, List<Object>> alike = new LinkedHashMap<>();
        values.forEach(value -> alike.computeIfAbsent(JsonValue.text(value), its -> new ArrayList<>())
                .add(value));
        List<String> groups = alike.values().stream()
                .filter(group -> group.size() > 1)
                .map(group -> group.stream().map(ValueList::word).collect(Collectors.joining(" and ")))
                .toList();
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(key + " has equal values (" + listed(groups) + "); they are run once");
    }

    /** The same of a text of {@code --seeds}. */
    public static Optional<String> ofSeeds(String text) {
        return ofSeeds(SeedList.all(text));
    }

    static Optional<String> ofSeeds(List<Long> seeds) {
        Set<Long> once = new HashSet<>();
        Set<String> again = new LinkedHashSet<>();
        seeds.stream().filter(seed -> !once.add(seed)).forEach(seed -> again.add(String.valueOf(seed)));
        return again.isEmpty()
                ? Optional.empty()
                : Optional.of(listed(List.copyOf(again))
                        + (again.size() == 1
                                ? " is there more than once; it is run once"
                                : " are there more than once; they are run once"));
    }

    private static String listed(List<String> words) {
        return words.size() <= LISTED
                ? String.join(", ", words)
                : String.join(", ", words.subList(0, LISTED)) + " and " + (words.size() - LISTED) + " more";
    }
}
