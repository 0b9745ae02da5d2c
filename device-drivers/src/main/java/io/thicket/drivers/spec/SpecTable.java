package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The keys of one table. A problem is noted with its place and the default is returned in the value's stead, so that
 * reading goes on and finds the others; what was read is used only if there was no problem at all.
 */
final class SpecTable {
    private final TomlTable table;
    private final String title;
    private final @Nullable TomlPosition place;
    private final Problems problems;
    private final TreeSet<String> asked = new TreeSet<>();

    SpecTable(TomlTable table, String title, @Nullable TomlPosition place, Problems problems) {
        this.table = table;
        this.title = title;
        this.place = place;
        this.problems = problems;
    }

    boolean has(String key) {
        asked.add(key);
        return table.contains(List.of(key));
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(read(key, String.class, "a text in quotes"));
    }

    String text(String key, String whenAbsent) {
        return text(key).orElse(whenAbsent).strip();
    }

    String requiredText(String key, String example) {
        Optional<String> text = text(key);
        if (text.isEmpty() && !has(key)) {
            missing(key, example);
        } else if (text.isPresent() && text.get().isBlank()) {
            error(key, key + " is empty", "write " + key + " = " + example);
        }
        return text.orElse("").strip();
    }

    boolean flag(String key, boolean whenAbsent) {
        Boolean value = read(key, Boolean.class, "true or false");
        return value == null ? whenAbsent : value;
    }

    /** A whole number of {@code min} to {@code max}. */
    int integer(String key, int min, int max, int whenAbsent) {
        Long value = read(key, Long.class, "a whole number");
        if (value == null) {
            return whenAbsent;
        }
        if (value < min || value > max) {
            error(key, key + " = " + value + " is not " + min + " to " + max, "");
            return whenAbsent;
        }
        return value.intValue();
    }

    int requiredInteger(String key, int min, int max, String example) {
        if (!has(key)) {
            missing(key, example);
        }
        return integer(key, min, max, 0);
    }

    long longInteger(String key, long whenAbsent) {
        Long value = read(key, Long.class, "a whole number");
        return value == null ? whenAbsent : value;
    }

    /** A finite number, with or without a point. */
    double number(String key, double whenAbsent) {
        if (!has(key)) {
            return whenAbsent;
        }
        double number = numberOf(table.get(List.of(key)));
        if (!Double.isFinite(number)) {
            error(key, key + " is not a number", "");
            return whenAbsent;
        }
        return number;
    }

    /** NaN if {@code value} is no number. */
    static double numberOf(@Nullable Object value) {
        return value instanceof Double real ? real : value instanceof Long whole ? whole : Double.NaN;
    }

    /** Bytes written as {@code "42 4D"}; none if absent. */
    Bytes bytes(String key) {
        Optional<String> text = text(key);
        return text.isEmpty() ? Bytes.NONE : bytes(key, text.get());
    }

    Bytes requiredBytes(String key, String example) {
        if (!has(key)) {
            missing(key, example);
        }
        return bytes(key);
    }

    private Bytes bytes(String key, String text) {
        try {
            return Bytes.parse(text);
        } catch (IllegalArgumentException e) {
            error(key, key + ": '" + shortened(text) + "' are no bytes in hex", "write for example \"42 4D 00 1C\"");
            return Bytes.NONE;
        }
    }

    /** A list of bytes in hex. */
    List<Bytes> byteList(String key, int max) {
        List<Bytes> all = new ArrayList<>();
        for (Object each : list(key, max)) {
            if (each instanceof String text) {
                all.add(bytes(key, text));
            } else {
                error(key, key + " is a list of bytes in hex", "write " + key + " = [\"FF 01 86\"]");
            }
        }
        return all;
    }

    List<String> texts(String key, int max) {
        List<String> all = new ArrayList<>();
        for (Object each : list(key, max)) {
            if (each instanceof String text) {
                all.add(text.strip());
            } else {
                error(key, key + " is a list of texts", "write " + key + " = [\"...\"]");
            }
        }
        return all;
    }

    /** Whole numbers of {@code min} to {@code max}. */
    List<Integer> integers(String key, int min, int max) {
        List<Integer> all = new ArrayList<>();
        for (Object each : list(key, 64)) {
            if (each instanceof Long number && number >= min && number <= max) {
                all.add(number.intValue());
            } else {
                error(key, key + ": " + each + " is not a whole number of " + min + " to " + max, "");
            }
        }
        return all;
    }

    /** Whatever is in a list; nothing if it is absent or no list. */
    List<Object> list(String key, int max) {
        TomlArray array = read(key, TomlArray.class, "a list in square brackets");
        if (array == null) {
            return List.of();
        }
        if (array.size() > max) {
            error(key, key + " has more than " + max + " entries", "");
            return List.of();
        }
        return array.toList();
    }

    /** {@code "500ms"}, {@code "30s"}, {@code "3min"}, in ms. */
    long durationMs(String key, long whenAbsent, long min, long max) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return whenAbsent;
        }
        long value = Durations.parse(text.get());
        if (value < 0) {
            error(key, key + ": '" + shortened(text.get()) + "' is no time", "write \"500ms\", \"30s\" or \"3min\"");
            return whenAbsent;
        }
        if (value < min || value > max) {
            error(key, key + " is not " + Durations.text(min) + " to " + Durations.text(max), "");
            return whenAbsent;
        }
        return value;
    }

    /** One of the words that are keys of {@code words}. */
    <T> T choice(String key, Map<String, T> words, T whenAbsent) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return whenAbsent;
        }
        T value = words.get(text.get());
        if (value == null) {
            TreeSet<String> known = new TreeSet<>(words.keySet());
            error(key, key + ": there is no '" + shortened(text.get()) + "'", Nearest.hint(text.get(), known));
            return whenAbsent;
        }
        return value;
    }

    /** A table within this one. */
    Optional<SpecTable> table(String key) {
        TomlTable its = read(key, TomlTable.class, "a table");
        return its == null ? Optional.empty() : Optional.of(new SpecTable(its, key, position(key), problems));
    }

    /** The keys of a table as texts with what they hold; empty if it is absent. */
    Map<String, Object> map(String key) {
        TomlTable its = read(key, TomlTable.class, "a table such as { \"0\" = \"off\" }");
        return its == null ? Map.of() : its.toMap();
    }

    /** Tables written as {@code [[title]]}, or as a list of inline ones. */
    List<SpecTable> tables(String key, String name, int max) {
        List<SpecTable> all = new ArrayList<>();
        if (!has(key)) {
            return all;
        }
        Object value = table.get(List.of(key));
        if (!(value instanceof TomlArray array) || !array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            error(key, key + " is no list of tables", "write [[" + name + "]], once for each");
            return all;
        }
        if (array.size() > max) {
            error(key, "more than " + max + " [[" + name + "]]", "");
            return all;
        }
        for (int i = 0; i < array.size(); i++) {
            TomlPosition at = array.inputPositionOf(i);
            all.add(new SpecTable(array.getTable(i), "[[" + name + "]]", at == null ? place : at, problems));
        }
        return all;
    }

    void missing(String key, String example) {
        problems.add(
                place, key + " is missing" + (title.isEmpty() ? "" : " in " + title), "write " + key + " = " + example);
    }

    void error(String key, String message, String hint) {
        problems.add(position(key), message, hint);
    }

    /** A problem of the table as a whole. */
    void error(String message, String hint) {
        problems.add(place, message, hint);
    }

    int line() {
        return place == null ? 0 : place.line();
    }

    int column() {
        return place == null ? 0 : place.column();
    }

    /** Call when all keys were asked for. */
    void refuseUnknownKeys() {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                String where = title.isEmpty() ? "" : " in " + title;
                error(key, "there is no key '" + shortened(key) + "'" + where, Nearest.hint(key, asked));
            }
        }
    }

    private <T> @Nullable T read(String key, Class<T> type, String expected) {
        if (!has(key)) {
            return null;
        }
        Object value = table.get(List.of(key));
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        error(key, key + " is not " + expected, "");
        return null;
    }

    private @Nullable TomlPosition position(String key) {
        TomlPosition at = table.contains(List.of(key)) ? table.inputPositionOf(List.of(key)) : null;
        return at == null ? place : at;
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
