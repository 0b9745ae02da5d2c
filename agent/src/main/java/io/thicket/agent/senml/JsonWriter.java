package io.thicket.agent.senml;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) without spaces. Misuse (a value without a name in an object, an end that does not fit) and
 * numbers that JSON does not have are an {@link IllegalArgumentException} or {@link IllegalStateException}.
 *
 * <pre>{@code
 * String json = new JsonWriter().beginObject().name("hops").value(3).name("ids").beginArray().endArray().endObject().toString();
 * }</pre>
 */
public final class JsonWriter {
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_DECIMALS = 6;
    private static final double FIFTEEN_DIGITS = 1e15;

    private final StringBuilder out = new StringBuilder(256);
    /** One bit per level, the outermost lowest: whether it is an object. */
    private long objects;

    private int depth;
    private boolean first = true;
    private boolean named;

    public JsonWriter beginObject() {
        begin('{');
        objects |= 1L << depth;
        return this;
    }

    public JsonWriter endObject() {
        end('}', true);
        return this;
    }

    public JsonWriter beginArray() {
        begin('[');
        objects &= ~(1L << depth);
        return this;
    }

    public JsonWriter endArray() {
        end(']', false);
        return this;
    }

    /** The name of the object's next member. */
    public JsonWriter name(String name) {
        if (!inObject() || named) {
            throw new IllegalStateException("a name belongs before a member of an object: " + name);
        }
        comma();
        string(name);
        out.append(':');
        named = true;
        return this;
    }

    /** A text, or {@code null}. */
    public JsonWriter value(@Nullable String value) {
        if (value == null) {
            return nullValue();
        }
        beforeValue();
        string(value);
        return this;
    }

    public JsonWriter value(long value) {
        beforeValue();
        out.append(value);
        return this;
    }

    /** The shortest decimal that reads back as {@code value}; it is finite. -0.0 is written as 0. */
    public JsonWriter value(double value) {
        String text = text(value);
        beforeValue();
        out.append(text);
        return this;
    }

    public JsonWriter value(boolean value) {
        beforeValue();
        out.append(value);
        return this;
    }

    public JsonWriter nullValue() {
        beforeValue();
        out.append("null");
        return this;
    }

    /** The whole text; every begin must have its end. */
    @Override
    public String toString() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " levels are not closed");
        }
        return out.toString();
    }

    /** The whole text in UTF-8. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A finite number as JSON: the shortest decimal, with an exponent where ECMAScript has one ({@code 8e-9}). */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            return Long.toString((long) value);
        }
        String few = fewDecimals(value);
        if (!few.isEmpty()) {
            return few;
        }
        // Double.toString of JDK 17 is not always the shortest, and JDK 19 and later differ from it.
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        // Below the normal numbers precision fades: there fewer digits may do.
        int fewest = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15;
        for (int digits = fewest; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -7 && exponent < 21) {
            return shortest.toPlainString();
        }
        StringBuilder text = new StringBuilder(shortest.unscaledValue().toString());
        int lead = value < 0 ? 2 : 1;
        if (text.length() > lead) {
            text.insert(lead, '.');
        }
        return text.append('e').append(exponent).toString();
    }

    /**
     * The same for a value that is not whole and that up to six decimals and fifteen digits give exactly, as those of sensors and
     * clocks; empty for others. Such a decimal is the shortest: no other of so few digits reads back as the same value.
     */
    private static String fewDecimals(double value) {
        double magnitude = Math.abs(value);
        long scale = 1;
        for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++) {
            scale *= 10;
            double digits = Math.rint(magnitude * scale);
            if (digits >= FIFTEEN_DIGITS) {
                return "";
            }
            // Both are exact, so that the quotient is what the decimal reads back as.
            if (digits / scale == magnitude) {
                long whole = (long) digits / scale;
                StringBuilder text = new StringBuilder(20);
                text.append(value < 0 ? "-" : "").append(whole).append('.');
                long fraction = (long) digits % scale;
                for (long unit = scale / 10; unit > 0; unit /= 10) {
                    text.append((char) ('0' + fraction / unit % 10));
                }
                return text.toString();
            }
        }
        return "";
    }

    private void begin(char bracket) {
        if (depth == MAX_DEPTH) {
            throw new IllegalStateException("nested deeper than " + MAX_DEPTH);
        }
        beforeValue();
        out.append(bracket);
        depth++;
        first = true;
    }

    private void end(char bracket, boolean object) {
        if (depth == 0 || inObject() != object || named) {
            throw new IllegalStateException("'" + bracket + "' does not fit here");
        }
        out.append(bracket);
        depth--;
        first = false;
    }

    private boolean inObject() {
        return depth > 0 && (objects >>> depth & 1) != 0;
    }

    private void beforeValue() {
        if (inObject()) {
            if (!named) {
                throw new IllegalStateException("a member of an object has a name");
            }
            named = false;
            return;
        }
        if (depth == 0 && !first) {
            throw new IllegalStateException("a text has one value");
        }
        comma();
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void string(String text) {
        out.append('"');
        if (isPlain(text)) {
            out.append(text).append('"');
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean loneSurrogate = Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    && i + 1 < text.length()
                                    && Character.isLowSurrogate(text.charAt(i + 1)))
                            && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
                    if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029 || loneSurrogate) {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Whether all is printable ASCII that stands for itself. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >>> shift & 0xf, 16));
        }
    }
}
