package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonReader;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.agent.senml.SenmlFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What sweeps read and write of JSON. */
final class Json {
    private Json() {}

    /** The members of the object that {@code text} is. */
    static Map<?, ?> object(String text, int maxBytes) throws SweepException {
        try {
            if (JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), maxBytes) instanceof Map<?, ?> map) {
                return map;
            }
        } catch (SenmlFormatException e) {
            throw new SweepException(String.valueOf(e.getMessage()));
        }
        throw new SweepException("no JSON object");
    }

    /** The object that is the first member of that name in a text that is JSON, as it is written there. */
    static String memberText(String text, String name) {
        Matcher member =
                Pattern.compile("[{,]\\s*\"" + name + "\"\\s*:\\s*(?=\\{)").matcher(text);
        if (!member.find()) {
            throw new IllegalArgumentException("no object '" + name + "'");
        }
        int depth = 0;
        boolean quoted = false;
        int at = member.end();
        do {
            char c = text.charAt(at++);
            if (quoted && c == '\\') {
                at++; // whatever it is, it ends no text
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        } while (depth > 0);
        return text.substring(member.end(), at);
    }

    static String text(Map<?, ?> members, String name) throws SweepException {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new SweepException("no text '" + name + "'");
    }

    static int count(Map<?, ?> members, String name) throws SweepException {
        if (members.get(name) instanceof Double number
                && number >= 0
                && number <= Integer.MAX_VALUE
                && number == Math.rint(number)) {
            return number.intValue();
        }
        throw new SweepException("no whole number '" + name + "'");
    }

    /** Six digits that matter, null for what is not known. */
    static void number(JsonWriter json, String name, @Nullable Double value) {
        json.name(name);
        if (value == null || !Double.isFinite(value)) {
            json.nullValue();
        } else {
            json.value(rounded(value));
        }
    }

    /** The same as a text, {@code -} for what is not known. */
    static String text(double value) {
        return Double.isFinite(value) ? JsonWriter.text(rounded(value)) : "-";
    }

    /** Two digits, as much as is known of an error. */
    static String shortText(double value) {
        return value == 0
                ? "0"
                : JsonWriter.text(new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(2))
                        .doubleValue());
    }

    private static double rounded(double value) {
        return value == 0
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(6))
                        .doubleValue();
    }
}
