package io.thicket.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * A TOML text (1.0.0) as plain values that can be changed and written again: a table is a {@code LinkedHashMap} in the order of the
 * text, an array an {@code ArrayList}, all else a String, Long, Double, Boolean or a date or time of {@code java.time}. Comments
 * are lost.
 */
public final class TomlTree {
    private TomlTree() {}

    /** The tables and values of {@code text}; {@code name} is what problems call it. */
    public static Map<String, Object> parse(String text, String name) throws ConfigException {
        ProblemCollector problems = new ProblemCollector(name);
        TomlParseResult toml = TomlText.parse(text, problems);
        problems.throwIfAny();
        return table(toml);
    }

    /** The tables and values of a file of at most {@code maxBytes}. */
    public static Map<String, Object> read(Path file, int maxBytes) throws ConfigException {
        return parse(TomlDocument.text(file, maxBytes), file.toString());
    }

    /** One value as TOML has it ({@code 3}, {@code "text"}, {@code [0, 1]}); empty if the text is none. */
    public static Optional<Object> value(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            return Optional.empty();
        }
        ProblemCollector problems = new ProblemCollector(text);
        TomlParseResult toml = TomlText.parse("v = " + text, problems);
        Object value = problems.errorCount() > 0 ? null : toml.get(List.of("v"));
        return value == null ? Optional.empty() : Optional.of(plain(value));
    }

    static Object plain(Object value) {
        if (value instanceof TomlTable its) {
            return table(its);
        }
        if (value instanceof TomlArray array) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                items.add(plain(array.get(i)));
            }
            return items;
        }
        return value;
    }

    private static Map<String, Object> table(TomlTable toml) {
        Map<String, Object> table = new LinkedHashMap<>();
        for (String key : toml.keySet()) {
            @Nullable Object value = toml.get(List.of(key));
            if (value != null) {
                table.put(key, plain(value));
            }
        }
        return table;
    }

    /** The text of a tree; {@link #parse} of it gives the same tree. */
    public static String text(Map<String, Object> tree) {
        StringBuilder out = new StringBuilder();
        section("", tree, out);
        return out.toString();
    }

    private static void section(String path, Map<?, ?> table, StringBuilder out) {
        table.forEach((key, value) -> {
            if (!(value instanceof Map) && !isTables(value)) {
                out.append(key(key)).append(" = ").append(text(value)).append('\n');
            }
        });
        table.forEach((key, value) -> {
            String its = path.isEmpty() ? key(key) : path + "." + key(key);
            if (value instanceof Map<?, ?> inner) {
                out.append("\n[").append(its).append("]\n");
                section(its, inner, out);
            } else if (isTables(value)) {
                for (Object each : (List<?>) value) {
                    out.append("\n[[").append(its).append("]]\n");
                    section(its, (Map<?, ?>) each, out);
                }
            }
        });
    }

    private static boolean isTables(@Nullable Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Map.class::isInstance);
    }

    private static String key(@Nullable Object key) {
        String name = String.valueOf(key);
        return name.matches("[A-Za-z0-9_-]+") ? name : quoted(name);
    }

    /** One value on one line. */
    public static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Double number) {
            return number.isNaN() ? "nan" : number.isInfinite() ? (number > 0 ? "inf" : "-inf") : number.toString();
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(TomlTree::text).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((key, its) -> members.add(key(key) + " = " + text(its)));
            return "{ " + String.join(", ", members) + " }";
        }
        return String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
