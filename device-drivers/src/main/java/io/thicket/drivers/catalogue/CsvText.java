package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.SenmlUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines such as {@code 21.5,40} whose columns are configured. A line with another number of columns is malformed. One
 * column alone is a bare number. A heading line (the configured names) is recognised and has no value.
 */
final class CsvText implements DeviceDriver {
    /** A column with this name is skipped. */
    private static final String SKIP = "-";

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "text.csv",
            "Text lines of values in columns",
            LineParameters.of8N1(115_200),
            List.of(
                    new DriverDescriptor.Option(
                            "columns",
                            "name or name:unit of each column, e.g. \"temp:Cel,hum:%RH\"; - skips one; needed"),
                    new DriverDescriptor.Option(
                            "separator",
                            "one character, or \"tab\" or \"space\" (any number of blanks); a comma if absent"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Options reader = new Options(DESCRIPTOR, options);
        List<String> names = new ArrayList<>();
        Map<String, SenmlUnit> units = new LinkedHashMap<>();
        for (String column : Options.items(reader.text("columns", ""))) {
            int colon = column.lastIndexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon).strip();
            names.add(name.equals(SKIP) ? SKIP : reader.validName("columns", name));
            if (colon >= 0) {
                units.put(
                        name, reader.unit("columns", column.substring(colon + 1).strip()));
            }
        }
        requireUsable(names);
        char separator = separator(reader);
        return LineDecoder.session(
                units, (line, values) -> read(split(line, separator), names, values), reader.names("values", names));
    }

    private static void requireUsable(List<String> names) {
        Set<String> unique = new HashSet<>(names);
        unique.remove(SKIP);
        if (unique.isEmpty() || names.size() > TextValues.MAX_VALUES) {
            throw Options.refuse("option columns must name 1 to " + TextValues.MAX_VALUES
                    + " columns, e.g. columns = \"temp:Cel,hum:%RH\"");
        }
        if (names.stream().filter(name -> !name.equals(SKIP)).count() != unique.size()) {
            throw Options.refuse("option columns names a column twice");
        }
    }

    private static char separator(Options reader) {
        String text = reader.text("separator", ",");
        char separator =
                switch (text) {
                    case "tab" -> '\t';
                    case "space" -> ' ';
                    default -> text.length() == 1 ? text.charAt(0) : '.';
                };
        if (Character.isLetterOrDigit(separator) || separator == '.' || separator == '-' || separator == '+') {
            throw Options.refuse("option separator: '" + text + "' should be one character such as \",\" or \";\","
                    + " or \"tab\" or \"space\"");
        }
        return separator;
    }

    private static List<String> split(String line, char separator) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == separator) {
                if (separator != ' ' || i > from) {
                    cells.add(line.substring(from, i).strip());
                }
                from = i + 1;
            }
        }
        return cells;
    }

    private static void read(List<String> cells, List<String> names, TextValues values) {
        if (cells.equals(names)) {
            return;
        }
        if (cells.size() != names.size()) {
            values.refuse();
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(SKIP)) {
                values.putWord(names.get(i), cells.get(i));
            }
        }
    }
}
