package io.thicket.agent.config;

import io.thicket.agent.senml.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes TOML, one key per line, in the order of the calls. */
public final class SectionWriter {
    private final StringBuilder out;

    SectionWriter(StringBuilder out) {
        this.out = out;
    }

    public SectionWriter text(String key, String value) {
        return raw(key, quoted(value));
    }

    public SectionWriter number(String key, long value) {
        return raw(key, Long.toString(value));
    }

    public SectionWriter flag(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    public SectionWriter choice(String key, Enum<?> value) {
        return text(key, value.name().toLowerCase(Locale.ROOT));
    }

    public SectionWriter duration(String key, Duration value) {
        return text(key, Units.text(value));
    }

    public SectionWriter bytes(String key, long value) {
        return text(key, Units.textOfBytes(value));
    }

    public SectionWriter kbps(String key, int value) {
        return text(key, Units.textOfKbps(value));
    }

    public SectionWriter texts(String key, List<?> values) {
        return raw(
                key,
                values.stream()
                        .map(value -> quoted(String.valueOf(value)))
                        .collect(Collectors.joining(", ", "[", "]")));
    }

    public SectionWriter options(String key, Map<String, String> values) {
        String inside = values.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + " = " + quoted(entry.getValue()))
                .collect(Collectors.joining(", "));
        return raw(key, inside.isEmpty() ? "{}" : "{ " + inside + " }");
    }

    /** A secret: that it is set can be seen, not what it is. */
    public SectionWriter secret(String key) {
        return raw(key, "\"***\"");
    }

    void title(String title) {
        out.append(out.length() == 0 ? "" : "\n").append(title).append('\n');
    }

    private SectionWriter raw(String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
        return this;
    }

    /** JSON's escapes are TOML's, too. */
    private static String quoted(String text) {
        return new JsonWriter().value(text).toString();
    }
}
