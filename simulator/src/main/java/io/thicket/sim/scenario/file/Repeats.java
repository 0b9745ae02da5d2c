package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return ofSeeds(List.of(text));
    }

    /** Of texts that {@link SeedList} reads. */
    static Optional<String> ofSeeds(List<String> texts) {
        Map<Long, List<String>> spelt = new LinkedHashMap<>();
        for (String text : texts) {
            for (String word : text.split(",", -1)) {
                for (long seed : SeedList.all(word)) {
                    spelt.computeIfAbsent(seed, its -> new ArrayList<>(1))
                            .add(word.contains("..") ? String.valueOf(seed) : word.strip());
                }
            }
        }
        List<String> again = spelt.values().stream()
                .filter(words -> words.size() > 1)
                .map(Repeats::spellings)
                .toList();
        return again.isEmpty()
                ? Optional.empty()
                : Optional.of(listed(again)
                        + (again.size() == 1
                                ? " is there more than once; it is run once"
                                : " are there more than once; they are run once"));
    }

    private static String spellings(List<String> words) {
        List<String> others = words.stream()
                .distinct()
                .filter(word -> !word.equals(words.get(0)))
                .toList();
        return words.get(0) + (others.isEmpty() ? "" : " (as " + listed(others) + ", too)");
    }

    private static String listed(List<String> words) {
        return words.size() <= LISTED
                ? String.join(", ", words)
                : String.join(", ", words.subList(0, LISTED)) + " and " + (words.size() - LISTED) + " more";
    }
}
