package io.thicket.sim.scenario.file;

import io.thicket.agent.config.TomlTree;
import io.thicket.agent.senml.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as the command line has them: {@code 10s,1min}, {@code 0..0.3:0.1}, {@code [0],[0,24]}. */
public final class ValueList {
    /** Most values of one key. */
    public static final int MAX_VALUES = 1_000;

    private static final String NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,15})?(?:[eE][-+]?[0-9]{1,2})?";
    private static final Pattern RANGE =
            Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")(?::(" + NUMBER + "))?");

    private ValueList() {}

    /** {@code KEY=VALUES}. */
    static Map.Entry<String, List<Object>> parseSet(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("'" + text + "' is no KEY=VALUE such as nodes.count=100");
        }
        return Map.entry(text.substring(0, equals).strip(), parse(text.substring(equals + 1), text));
    }

    /** The values that commas part outside of brackets and quotes; each is a range, a value of TOML, or a plain text. */
    public static List<Object> parse(String text) {
        return parse(text, text);
    }

    /** What is wrong is told of {@code whole}, which {@code text} is a part of. */
    private static List<Object> parse(String text, String whole) {
        List<Object> values = new ArrayList<>();
        for (String word : split(text)) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("'" + whole + "' has an empty value");
            }
            if (RANGE.matcher(word).matches()) {
                values.addAll(range(word));
            } else {
                values.add(TomlTree.value(word).orElse(word));
            }
            requireFew(values.size(), whole);
        }
        return values;
    }

    /** Whether {@code text} is {@code FROM..TO} or {@code FROM..TO:STEP}. */
    static boolean isRange(String text) {
        return RANGE.matcher(text).matches();
    }

    /** Whole numbers as Long, others as Double; both ends are in it if steps lead there. */
    static List<Object> range(String text) {
        Matcher parts = RANGE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no range such as 1..20 or 0..0.3:0.1");
        }
        BigDecimal from = new BigDecimal(parts.group(1));
        BigDecimal to = new BigDecimal(parts.group(2));
        boolean whole = isWhole(from) && isWhole(to);
        if (parts.group(3) == null && !whole) {
            throw new IllegalArgumentException("'" + text + "' needs a step, such as " + text + ":0.1");
        }
        BigDecimal step = parts.group(3) == null ? BigDecimal.ONE : new BigDecimal(parts.group(3));
        if (step.signum() <= 0 || from.compareTo(to) > 0) {
            throw new IllegalArgumentException("'" + text + "' leads nowhere: a range goes up");
        }
        List<Object> values = new ArrayList<>();
        for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
            values.add(whole && isWhole(step) ? (Object) value.longValueExact() : (Object) value.doubleValue());
            requireFew(values.size(), text);
        }
        return values;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private static void requireFew(int count, String text) {
        if (count > MAX_VALUES) {
            throw new IllegalArgumentException("'" + text + "' is more than " + MAX_VALUES + " values");
        }
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth--;
            }
            if (c == ',' && depth == 0 && !quoted) {
                words.add(word.toString().strip());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString().strip());
        return words;
    }

    /** One value so that {@link #parse} gives the same one. */
    static String word(Object value) {
        if (value instanceof String text
                && !text.isEmpty()
                && text.equals(text.strip())
                && !text.matches("(?s).*[\\[\\],\"\n\r].*")
                && !isRange(text)
                && TomlTree.value(text).isEmpty()) {
            return text;
        }
        return value instanceof Double number && Double.isFinite(number) ? decimal(number) : TomlTree.text(value);
    }

    /** Without Java's exponent of 1.0E9, but with a point or an exponent: a number without is a whole one. */
    private static String decimal(double number) {
        String text = JsonWriter.text(number);
        return text.matches("-?[0-9]+") ? text + ".0" : text;
    }
}
