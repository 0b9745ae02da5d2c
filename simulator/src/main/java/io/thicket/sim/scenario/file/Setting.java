package io.thicket.sim.scenario.file;

import io.thicket.agent.config.TomlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of a scenario file with another value, as {@code --set nodes.count=100} has it.
 *
 * @param key {@code SECTION.KEY}, {@code traffic.KEY} for every {@code [[traffic]]}, {@code traffic.0.KEY} for the first one
 * @param value a text, Long, Double, Boolean or list of such
 */
public record Setting(String key, Object value) {
    /** Sections that may be there more than once. */
    private static final Set<String> ENTRIES =
            Set.of("traffic", "fault", "check", "energy", "sensor", "bridge_link", "bridge_bus", "bridge_sensor");

    private static final Pattern KEY = Pattern.compile("([a-z_]+)\\.(?:([0-9]{1,4})\\.)?([a-z_]+)");

    public Setting {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "'" + key + "' is no SECTION.KEY such as nodes.count, traffic.interval or traffic.0.interval");
        }
    }

    /** Reads {@code KEY=VALUE} with one value. */
    public static Setting parse(String text) {
        Map.Entry<String, List<Object>> both = ValueList.parseSet(text);
        if (both.getValue().size() != 1) {
            throw new IllegalArgumentException("'" + text + "' has "
                    + both.getValue().size() + " values: one run has one, thicket sim sweep takes several");
        }
        return new Setting(both.getKey(), both.getValue().get(0));
    }

    /** Reads {@code KEY=VALUE} texts, of which no two may have one key; an {@link IllegalArgumentException} says all that is wrong. */
    public static List<Setting> parseAll(List<String> texts) {
        return SetTexts.read(texts, Setting::parse, Setting::key);
    }

    /** Sets the key in the tree of a file; an {@link IllegalArgumentException} says what is not there. */
    void applyTo(Map<String, Object> tree) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw new AssertionError(key);
        }
        String section = parts.group(1);
        Optional<Integer> index = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
        String name = parts.group(3);
        Object its = tree.get(section);
        if (its instanceof List<?> entries) {
            if (index.isPresent() && index.get() >= entries.size()) {
                throw new IllegalArgumentException(key + ": there are " + entries.size() + " [[" + section
                        + "]], numbered from 0 to " + (entries.size() - 1));
            }
            for (int i = 0; i < entries.size(); i++) {
                if (index.isEmpty() || index.get() == i) {
                    put(entries.get(i), name);
                }
            }
        } else if (its == null && ENTRIES.contains(section)) {
            throw new IllegalArgumentException(key + ": there is no [[" + section + "]] in the file");
        } else if (index.isPresent()) {
            throw new IllegalArgumentException(key + ": [" + section + "] is there once, so that it has no numbers");
        } else {
            put(tree.computeIfAbsent(section, none -> new LinkedHashMap<String, Object>()), name);
        }
    }

    @SuppressWarnings("unchecked") // the tables of a TomlTree
    private void put(Object table, String name) {
        if (!(table instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(key + ": that is no section");
        }
        ((Map<String, Object>) table).put(name, value);
    }

    /** As {@code --set} takes it. */
    @Override
    public String toString() {
        return key + "=" + ValueList.word(value);
    }

    /** The text of a file with {@code settings} in it; an {@link IllegalArgumentException} says which have no place there. */
    static String apply(List<Setting> settings, Map<String, Object> tree) {
        List<String> problems = new ArrayList<>();
        for (Setting each : settings) {
            try {
                each.applyTo(tree);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        SetTexts.refuse(problems);
        return TomlTree.text(tree);
    }
}
