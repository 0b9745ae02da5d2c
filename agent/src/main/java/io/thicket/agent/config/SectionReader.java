package io.thicket.agent.config;

import io.thicket.routing.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads the keys of one section. A problem is noted with its place, and the default is returned in the value's stead, so that
 * reading goes on and finds the others; what was read is used only if there was no problem at all.
 */
public final class SectionReader {
    private static final int MAX_LIST_DEPTH = 2;

    private final TomlTable table;
    private final String title;
    private final @Nullable TomlPosition place;
    private final Path directory;
    private final ProblemCollector problems;
    private final boolean mayMiss;
    private final Consumer<Path> named;
    private final Map<String, String> asked = new TreeMap<>();
    private final Set<String> misread = new HashSet<>();
    private boolean anyKeyMayBe;

    /**
     * {@code mayMiss} silences "is missing": after a syntax error, keys may be missing that are there. {@code named} hears of each path
     * in the section.
     */
    SectionReader(
            TomlTable table,
            String title,
            @Nullable TomlPosition place,
            Path directory,
            ProblemCollector problems,
            boolean mayMiss,
            Consumer<Path> named) {
        this.table = table;
        this.title = title;
        this.place = place;
        this.directory = directory;
        this.problems = problems;
        this.mayMiss = mayMiss;
        this.named = named;
    }

    /** Whether the file has the key. */
    public boolean has(String key) {
        asked.put(key, key);
        return table.contains(List.of(key));
    }

    /** A text, empty if the key is not there. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(read(key, String.class, "a text in quotes"));
    }

    /** A text that must be there and not be empty. */
    public String requiredText(String key, String example) {
        Optional<String> text = text(key);
        if (text.isEmpty() && !has(key)) {
            missing(key, example);
        } else if (text.isPresent() && text.get().isEmpty()) {
            error(key, key + " is empty", "write " + key + " = " + example);
        }
        return text.orElse("");
    }

    /** A name of {@code [a-z0-9_-]{1,32}}; {@code text} is what the key holds, or the default. */
    public String requireName(String key, String text) {
        checkName(positionOf(key), key, text);
        return text;
    }

    /** The same of the element {@code index} of a list. */
    public String requireName(String key, int index, String text) {
        checkName(positionOf(key, index), key, text);
        return text;
    }

    private void checkName(@Nullable TomlPosition at, String key, String text) {
        if (!text.isEmpty() && !Identity.isValidName(text)) {
            String message = title + " " + key + " '" + text + "' is not 1 to 32 of a-z, 0-9, _ and -";
            problems.error(at, message, "write \"" + ProposedName.of(text) + "\"");
        }
    }

    public boolean flag(String key, boolean byDefault) {
        Boolean value = read(key, Boolean.class, "true or false");
        return value != null ? value : byDefault;
    }

    /** A whole number from {@code min} to {@code max}, empty if the key is not there. */
    public Optional<Integer> integer(String key, int min, int max) {
        Long value = read(key, Long.class, "a whole number");
        if (value == null) {
            return Optional.empty();
        }
        if (value < min || value > max) {
            error(key, key + " = " + value + " is not " + min + " to " + max, "");
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    /** A number from {@code min} to {@code max}, with or without a decimal point; empty if the key is not there. */
    public Optional<Double> decimal(String key, double min, double max) {
        Object value = has(key) ? table.get(List.of(key)) : null;
        if (value == null) {
            return Optional.empty();
        }
        double number = value instanceof Double real ? real : value instanceof Long whole ? whole : Double.NaN;
        if (!(value instanceof Number) || Double.isNaN(number)) {
            error(key, key + " is not a number", "");
            return Optional.empty();
        }
        if (number < min || number > max) {
            String range = Written.number(min) + " to " + Written.number(max);
            error(key, key + " = " + Written.number(number) + " is not " + range, "");
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /**
     * Whatever the key holds: a text, a Long, a Double, a Boolean, or a list of such and of lists; empty if it is not there.
     * Anything else (a table, a date, lists within lists within lists) is a problem.
     */
    public Optional<Object> value(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        Object value = table.get(List.of(key));
        Object plain = plain(value, MAX_LIST_DEPTH);
        if (plain == null) {
            String what = " is no text, number, truth or list of such";
            int index = value instanceof TomlArray array ? firstThatIsNotPlain(array) : -1;
            if (index < 0) {
                error(key, key + what, "");
            } else {
                error(key, index, key + ": element " + (index + 1) + what, "");
            }
        }
        return Optional.ofNullable(plain);
    }

    private static int firstThatIsNotPlain(TomlArray array) {
        int index = 0;
        while (index < array.size() && plain(array.get(index), MAX_LIST_DEPTH - 1) != null) {
            index++;
        }
        return index < array.size() ? index : -1;
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (!(value instanceof TomlArray array) || depth == 0) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Object each = plain(array.get(i), depth - 1);
            if (each == null) {
                return null;
            }
            values.add(each);
        }
        return values;
    }

    /** A day, {@code 2026-11-01} with or without quotes; empty if the key is not there. */
    public Optional<LocalDate> date(String key) {
        Object value = has(key) ? table.get(List.of(key)) : null;
        if (value instanceof LocalDate day) {
            return Optional.of(day);
        }
        try {
            if (value instanceof String text) {
                return Optional.of(LocalDate.parse(text));
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        if (value != null) {
            error(key, key + " is no day", "write " + key + " = 2026-11-01");
        }
        return Optional.empty();
    }

    /** A duration such as {@code "10s"}. */
    public Duration duration(String key, Duration byDefault, Duration min, Duration max) {
        Duration value = unit(key, "\"" + Units.text(byDefault) + "\"", Units::duration, byDefault);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            error(key, key + " = " + Units.text(value) + " is not " + Units.text(min) + " to " + Units.text(max), "");
            return byDefault;
        }
        return value;
    }

    /** A size such as {@code "4KiB"}, in bytes. */
    public long bytes(String key, long byDefault, long min, long max) {
        long value = unit(key, "\"" + Units.textOfBytes(byDefault) + "\"", Units::bytes, byDefault);
        if (value < min || value > max) {
            error(
                    key,
                    key + " = " + Units.textOfBytes(value) + " is not " + Units.textOfBytes(min) + " to "
                            + Units.textOfBytes(max),
                    "");
            return byDefault;
        }
        return value;
    }

    /** A rate such as {@code "100Mbit/s"}, in kbit/s. */
    public int kbps(String key, int byDefault) {
        return unit(key, "\"" + Units.textOfKbps(byDefault) + "\"", Units::kbps, byDefault);
    }

    /** A constant of {@code byDefault}'s enum in lower case. */
    public <E extends Enum<E>> E choice(String key, E byDefault) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : byDefault.getDeclaringClass().getEnumConstants()) {
            choices.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            if (has(key)) {
                misread.add(key);
            }
            return byDefault;
        }
        E value = choices.get(text.get());
        if (value == null) {
            misread.add(key);
            String hint = DidYouMean.hint(text.get(), choices.keySet());
            error(key, key + " '" + text.get() + "' is not one of " + String.join(", ", choices.keySet()), hint);
            return byDefault;
        }
        return value;
    }

    /**
     * Whether the default of {@link #choice} only stands for a value that is none. Whoever refuses other keys because of a choice asks
     * first: they may be right for the value that was meant.
     */
    public boolean isMisread(String key) {
        return misread.contains(key);
    }

    /** Keys that nobody asks for are no problem here: what decides which there are could not be read. */
    public void acceptUnknownKeys() {
        anyKeyMayBe = true;
    }

    /** A path; a relative one counts from the directory of the configuration file. */
    public Optional<Path> path(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && (text.get().isEmpty() || text.get().indexOf('\0') >= 0)) {
            error(key, key + " is no path", "");
            return Optional.empty();
        }
        Optional<Path> path = text.map(name -> directory.resolve(name).normalize());
        path.ifPresent(named);
        return path;
    }

    /** One {@code "HOST:PORT"}, or a list of them; empty if the key is not there. */
    public Optional<List<HostPort>> hostPorts(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        List<HostPort> addresses = new ArrayList<>();
        Object value = table.get(List.of(key));
        if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                hostPort(key, array.get(i), array.inputPositionOf(i)).ifPresent(addresses::add);
            }
        } else {
            hostPort(key, value, positionOf(key)).ifPresent(addresses::add);
        }
        return Optional.of(addresses);
    }

    /** A list of texts; empty if the key is not there. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (!has(key)) {
            return texts;
        }
        if (!(table.get(List.of(key)) instanceof TomlArray array)) {
            error(key, key + " is no list", "write " + key + " = [\"...\"]");
            return texts;
        }
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(text);
            } else {
                error(key, i, key + " has something that is no text in quotes", "write " + key + " = [\"...\"]");
            }
        }
        return texts;
    }

    /** A table of simple values as texts, in the order of the file; empty if the key is not there. */
    public Map<String, String> options(String key) {
        Map<String, String> options = new LinkedHashMap<>();
        TomlTable values = read(key, TomlTable.class, "a table, { name = value }");
        if (values != null) {
            List<String> names = new ArrayList<>(values.keySet());
            for (String name : names) {
                Object value = values.get(List.of(name));
                if (value instanceof String
                        || value instanceof Long
                        || value instanceof Double
                        || value instanceof Boolean) {
                    options.put(name, String.valueOf(value));
                } else {
                    problems.error(
                            values.inputPositionOf(List.of(name)),
                            "option '" + name + "' is no text, number, true or false",
                            "");
                }
            }
        }
        return options;
    }

    /** Notes that a key must be there and is not. */
    public void missing(String key, String example) {
        if (!mayMiss) {
            problems.error(place, title + " has no '" + key + "'", "write " + key + " = " + example);
        }
    }

    /** Notes a problem at the key, or at the section if the key is not there. */
    public void error(String key, String message, String hint) {
        problems.error(positionOf(key), title + " " + message, hint);
    }

    /** Notes a problem at the element {@code index} of the list that the key holds, or at the key if it holds no such list. */
    public void error(String key, int index, String message, String hint) {
        problems.error(positionOf(key, index), title + " " + message, hint);
    }

    /** The section for {@code what} that goes with this one: {@code [[bridge_bus]]} with {@code [[bridge_sensor]]}. */
    String sibling(String what) {
        return title.replaceFirst("[a-z]+(?=])", what);
    }

    /** Notes something that deserves a look but works. */
    public void warning(String key, String message, String hint) {
        problems.warning(positionOf(key), title + " " + message, hint);
    }

    /** Reports every key that nobody asked for. */
    void refuseUnknownKeys() {
        if (anyKeyMayBe) {
            return;
        }
        for (String key : table.keySet()) {
            if (!asked.containsKey(key)) {
                String near = DidYouMean.hint(key, asked.keySet());
                problems.error(
                        positionOf(key),
                        title + " has no key '" + key + "'",
                        near.isEmpty() ? "keys are " + String.join(", ", asked.keySet()) : near);
            }
        }
    }

    private Optional<HostPort> hostPort(String key, @Nullable Object value, @Nullable TomlPosition at) {
        try {
            if (value instanceof String text) {
                return Optional.of(HostPort.parse(text));
            }
            problems.error(at, title + " " + key + " is no text", "write \"192.0.2.1:5683\", in quotes");
        } catch (IllegalArgumentException e) {
            problems.error(
                    at,
                    title + " " + key + ": " + e.getMessage(),
                    "write \"192.0.2.1:5683\" or \"[2001:db8::1]:5683\"");
        }
        return Optional.empty();
    }

    /**
     * A table of tables as dotted names and their values, in the order of the file: {@code { nodes = { count = [1, 2] } }} is
     * {@code nodes.count}. Values are those of {@link TomlTree}. Empty if the key is not there.
     */
    public Map<String, Object> dotted(String key) {
        Map<String, Object> found = new LinkedHashMap<>();
        TomlTable values = read(key, TomlTable.class, "a table");
        if (values != null) {
            flatten(values, "", found);
        }
        return found;
    }

    private static void flatten(TomlTable values, String path, Map<String, Object> found) {
        for (String name : values.keySet()) {
            Object value = values.get(List.of(name));
            String its = path.isEmpty() ? name : path + "." + name;
            if (value instanceof TomlTable inner) {
                flatten(inner, its, found);
            } else if (value != null) {
                found.put(its, TomlTree.plain(value));
            }
        }
    }

    /** Notes a problem at a dotted name within the table {@code key}. */
    public void dottedError(String key, String name, String message, String hint) {
        List<String> path = new ArrayList<>(List.of(key));
        path.addAll(List.of(name.split("\\.", -1)));
        TomlPosition at = table.contains(path) ? table.inputPositionOf(path) : null;
        problems.error(at != null ? at : positionOf(key), title + " " + message, hint);
    }

    private <T> T unit(String key, String example, Function<String, T> parser, T byDefault) {
        if (has(key) && !(table.get(List.of(key)) instanceof String)) {
            error(key, key + " is not a text with a unit", "write it in quotes with its unit, like " + example);
            return byDefault;
        }
        Optional<String> text = text(key);
        try {
            return text.isPresent() ? parser.apply(text.get()) : byDefault;
        } catch (IllegalArgumentException e) {
            error(key, key + ": " + e.getMessage(), "");
            return byDefault;
        }
    }

    private <T> @Nullable T read(String key, Class<T> type, String wanted) {
        if (!has(key)) {
            return null;
        }
        Object value = table.get(List.of(key));
        if (!type.isInstance(value)) {
            error(key, key + " is not " + wanted, "");
            return null;
        }
        return type.cast(value);
    }

    private @Nullable TomlPosition positionOf(String key) {
        TomlPosition at = table.contains(List.of(key)) ? table.inputPositionOf(List.of(key)) : null;
        return at != null ? at : place;
    }

    /** Of an element that begins a line, the parser tells the end of the line before. */
    private @Nullable TomlPosition positionOf(String key, int index) {
        Object value = table.contains(List.of(key)) ? table.get(List.of(key)) : null;
        return value instanceof TomlArray array && index < array.size()
                ? array.inputPositionOf(index)
                : positionOf(key);
    }
}
