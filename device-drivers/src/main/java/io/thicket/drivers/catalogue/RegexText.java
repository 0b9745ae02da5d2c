package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.SenmlUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Lines in which a regular expression finds the values, one for each of its groups. Lines that it does not fit have no value. An
 * expression that takes too long for a line gives the line up.
 */
final class RegexText implements DeviceDriver {
    /** Looks at characters of one line; a sound expression needs a few for each. */
    private static final int MAX_LOOKS = 200_000;

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "text.regex",
            "Text lines in which a regular expression finds the values",
            LineParameters.of8N1(115_200),
            List.of(
                    new DriverDescriptor.Option(
                            "pattern",
                            "a regular expression with one group for each value, found anywhere in a line; needed"),
                    new DriverDescriptor.Option(
                            "columns",
                            "name or name:unit of each group, e.g. \"temp:Cel,hum:%RH\"; - skips one; needed"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        Pattern pattern = pattern(options.text("pattern", ""));
        List<String> names = new ArrayList<>();
        Map<String, SenmlUnit> units = new LinkedHashMap<>();
        for (String column : Options.items(options.text("columns", ""))) {
            int colon = column.lastIndexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon).strip();
            names.add(name.equals("-") ? "-" : options.validName("columns", name));
            if (colon >= 0) {
                units.put(
                        name,
                        options.unit("columns", column.substring(colon + 1).strip()));
            }
        }
        int groups = pattern.matcher("").groupCount();
        if (groups == 0 || groups != names.size()) {
            throw Options.refuse("option columns: " + names.size() + " names for the " + groups
                    + " groups (in brackets) of the pattern");
        }
        return LineDecoder.session(
                units, (line, values) -> read(pattern, line, names, values), options.names("values", names));
    }

    private static Pattern pattern(String text) {
        if (text.isEmpty()) {
            throw Options.refuse("option pattern is missing; write for example pattern = \"T=([-0-9.]+)\"");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw Options.refuse("option pattern: " + e.getDescription() + " near character " + (e.getIndex() + 1));
        }
    }

    private static void read(Pattern pattern, String line, List<String> names, TextValues values) {
        Matcher matcher = pattern.matcher(new Bounded(line, new int[] {MAX_LOOKS}));
        try {
            if (!matcher.find()) {
                return;
            }
        } catch (TooManyLooks | StackOverflowError e) {
            values.refuse();
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals("-")) {
                int from = matcher.start(i + 1);
                String word =
                        from < 0 ? "" : line.substring(from, matcher.end(i + 1)).strip();
                values.putWord(names.get(i), word);
            }
        }
    }

    /** A text that can be looked at so often, and no more: an expression may take exponential time. */
    private record Bounded(
            CharSequence text,
            @SuppressWarnings("ArrayRecordComponent") int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Thrown through the regular expression's engine, which has no other way to be stopped. */
    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyLooks() {
            super("", null, false, false);
        }
    }
}
