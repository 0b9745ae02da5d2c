package io.thicket.drivers.meter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A telegram, not yet understood.
 *
 * @param identification the first line
 * @param objects by code (without {@code *255}), in the order of the telegram: the contents of its brackets
 */
public record Telegram(String identification, Map<String, List<String>> objects) {
    private static final int MAX_OBJECTS = 512;

    public Telegram {
        objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
    }

    /** Reads the text from the slash to the exclamation mark; empty if a line is none. */
    public static Optional<Telegram> parse(String text) {
        String[] lines = text.split("\r\n|\r|\n");
        Map<String, List<String>> objects = new LinkedHashMap<>();
        List<String> last = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            // Noise of an optical head, and the STX before the data of IEC 62056-21.
            String line = lines[i].replaceAll("^[\u0002\u007f\u0000]+", "").strip();
            if (line.isEmpty() || line.equals("!")) {
                continue;
            }
            int bracket = line.indexOf('(');
            if (bracket < 0 || !line.endsWith(")") || objects.size() >= MAX_OBJECTS) {
                return Optional.empty();
            }
            if (bracket > 0) {
                String code = line.substring(0, bracket);
                if (!code.matches("[0-9A-Za-z.:*&-]{1,24}")) {
                    return Optional.empty();
                }
                last = new ArrayList<>();
                // What occurs twice is what it was first.
                objects.putIfAbsent(code.endsWith("*255") ? code.substring(0, code.length() - 4) : code, last);
            }
            if (!brackets(line.substring(bracket), last)) {
                return Optional.empty();
            }
        }
        // Nothing but line ends has no lines at all.
        return Optional.of(new Telegram(lines.length == 0 ? "" : lines[0], objects));
    }

    private static boolean brackets(String text, List<String> contents) {
        int at = 0;
        while (at < text.length()) {
            int close = text.indexOf(')', at);
            if (text.charAt(at) != '(' || close < 0) {
                return false;
            }
            contents.add(text.substring(at + 1, close));
            at = close + 1;
        }
        return true;
    }
}
