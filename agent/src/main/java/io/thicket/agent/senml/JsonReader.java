package io.thicket.agent.senml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text (RFC 8259) strictly and within bounds: size, depth, no repeated names, finite numbers. */
public final class JsonReader {
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 16;

    /** Longest number in characters. */
    private static final int MAX_NUMBER_LENGTH = 64;

    private final String text;

    /** Whether what is read is wanted, or only whether it can be. */
    private final boolean keeps;

    private int position;
    private int depth;

    private JsonReader(String text, boolean keeps) {
        this.text = text;
        this.keeps = keeps;
    }

    /**
     * The value of {@code utf8}, which has at most {@code maxBytes}: a {@code Map<String, Object>} in the order of the text, a
     * {@code List<Object>}, a String, a Double, a Boolean or null.
     */
    public static @Nullable Object parse(byte[] utf8, int maxBytes) throws SenmlFormatException {
        if (utf8.length > maxBytes) {
            throw tooLong(utf8, maxBytes);
        }
        return new JsonReader(text(utf8), true).whole();
    }

    /**
     * The text of {@code utf8} if it is one object, without keeping what is in it, which takes many times as much memory as the text. Names that are
     * repeated, which nobody could tell without keeping them, are let pass.
     */
    public static String object(byte[] utf8, int maxBytes) throws SenmlFormatException {
        if (utf8.length > maxBytes) {
            throw tooLong(utf8, maxBytes);
        }
        String text = text(utf8);
        if (!(new JsonReader(text, false).whole() instanceof Map)) {
            throw new SenmlFormatException("JSON that is no object");
        }
        return text;
    }

    private static SenmlFormatException tooLong(byte[] utf8, int maxBytes) {
        return new SenmlFormatException(utf8.length + " bytes where " + maxBytes + " are allowed");
    }

    private static String text(byte[] utf8) throws SenmlFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SenmlFormatException("JSON that is not UTF-8");
        }
    }

    private @Nullable Object whole() throws SenmlFormatException {
        Object value = value();
        skipSpace();
        if (position != text.length()) {
            throw malformed();
        }
        return value;
    }

    private @Nullable Object value() throws SenmlFormatException {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() throws SenmlFormatException {
        enter();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        skipSpace();
        if (!accept('}')) {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                expect(':');
                if (keeps && members.containsKey(name)) {
                    throw new SenmlFormatException("a name that occurs twice");
                }
                Object value = value();
                if (keeps) {
                    members.put(name, value);
                }
                skipSpace();
            } while (accept(','));
            expect('}');
        }
        depth--;
        return members;
    }

    private List<@Nullable Object> array() throws SenmlFormatException {
        enter();
        List<@Nullable Object> items = new ArrayList<>();
        skipSpace();
        if (!accept(']')) {
            do {
                Object value = value();
                if (keeps) {
                    items.add(value);
                }
                skipSpace();
            } while (accept(','));
            expect(']');
        }
        depth--;
        return items;
    }

    private void enter() throws SenmlFormatException {
        position++;
        if (++depth > MAX_DEPTH) {
            throw new SenmlFormatException("nested deeper than " + MAX_DEPTH);
        }
    }

    private String string() throws SenmlFormatException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = peek();
            position++;
            if (c == '"') {
                return string.toString();
            }
            if (c < 0x20) {
                throw malformed();
            }
            string.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws SenmlFormatException {
        char c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    char hex = peek();
                    int digit = hex < 0x80 ? Character.digit(hex, 16) : -1;
                    if (digit < 0) {
                        throw malformed();
                    }
                    code = code << 4 | digit;
                    position++;
                }
                yield (char) code;
            }
            default -> throw malformed();
        };
    }

    private Double number() throws SenmlFormatException {
        int start = position;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw new SenmlFormatException("a number of more than " + MAX_NUMBER_LENGTH + " characters");
        }
        double number = Double.parseDouble(text.substring(start, position));
        if (!Double.isFinite(number)) {
            throw new SenmlFormatException("a number beyond all bounds");
        }
        return number;
    }

    private void digits() throws SenmlFormatException {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw malformed();
        }
    }

    private @Nullable Object word(String word, @Nullable Object meaning) throws SenmlFormatException {
        if (!text.startsWith(word, position)) {
            throw malformed();
        }
        position += word.length();
        return meaning;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() throws SenmlFormatException {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private boolean accept(char c) {
        boolean there = position < text.length() && text.charAt(position) == c;
        position += there ? 1 : 0;
        return there;
    }

    private void expect(char c) throws SenmlFormatException {
        if (!accept(c)) {
            throw malformed();
        }
    }

    private SenmlFormatException malformed() {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < position; end = text.indexOf('\n', start)) {
            line++;
            start = end + 1;
        }
        // Many programs write them, though RFC 8259 s6 has no such numbers.
        String why = Stream.of("NaN", "Infinity")
                .filter(word -> text.startsWith(word, position))
                .findFirst()
                .map(word -> ": " + word + " is no number there")
                .orElse("");
        return new SenmlFormatException("no JSON at line " + line + ", column " + (position - start + 1) + why);
    }
}
