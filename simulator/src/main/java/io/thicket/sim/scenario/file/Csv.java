package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A plain table: a line of column names, then rows; commas, {@code #} begins a comment line. */
final class Csv {
    /** Most rows. */
    static final int MAX_ROWS = 2_000_000;

    /** Characters of a foreign line that a message shows. */
    private static final int MAX_SHOWN = 60;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    private int headLine;
    private int width;
    private String head = "";

    /** Of a row, which is taken apart when it is read, so that all that are wrong are told. */
    private record Line(int number, String text) {}

    /** Takes a row; what is wrong with it is told with its line. */
    @FunctionalInterface
    interface RowReader {
        void read(Row row) throws ImportException;
    }

    /** One row. */
    final class Row {
        private final List<String> cells;

        Row(List<String> cells) {
            this.cells = cells;
        }

        /** The cell, empty if there is no such column or nothing in it. */
        String text(String column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.size() ? "" : cells.get(index);
        }

        Optional<Double> number(String column) throws ImportException {
            String text = text(column);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                double number = Double.parseDouble(text);
                if (Double.isFinite(number)) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException e) {
                // The one message below is for all that is wrong.
            }
            throw new ImportException(column + " '" + text + "' is no number");
        }

        /** A whole number from {@code min} to {@code max}, also with a point and zeros behind it; empty if there is nothing in the cell. */
        Optional<Integer> whole(String column, int min, int max) throws ImportException {
            Optional<Double> number = number(column);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            if (number.get() != StrictMath.rint(number.get())) {
                throw new ImportException(column + " '" + text(column) + "' is not a whole number");
            }
            if (number.get() < min || number.get() > max) {
                throw new ImportException(column + " = " + text(column) + " is not " + min + " to " + max);
            }
            return Optional.of(number.get().intValue());
        }

        double requiredNumber(String column) throws ImportException {
            return number(column).orElseThrow(() -> new ImportException("there is no " + column));
        }

        String requiredText(String column) throws ImportException {
            String text = text(column);
            if (text.isEmpty()) {
                throw new ImportException("there is no " + column);
            }
            return text;
        }
    }

    private Csv() {}

    static Csv parse(String text) throws ImportException {
        Csv csv = new Csv();
        int number = 0;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            if (csv.columns.isEmpty()) {
                csv.readHead(number, line);
                continue;
            }
            if (csv.lines.size() == MAX_ROWS) {
                throw new ImportException("more than " + MAX_ROWS + " rows");
            }
            csv.lines.add(new Line(number, line));
        }
        return csv;
    }

    private void readHead(int number, String line) throws ImportException {
        headLine = number;
        head = line.strip();
        try {
            List<String> names = CsvFields.of(line);
            width = names.size();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i).toLowerCase(Locale.ROOT);
                if (columns.putIfAbsent(name, i) != null && !name.isEmpty()) {
                    throw new ImportException("the column '" + shown(name) + "' is there twice");
                }
            }
        } catch (ImportException e) {
            throw new ImportException("line " + number + ": " + e.getMessage());
        }
    }

    /** What is wrong with the line of column names. */
    ImportException wrongHead(String what) {
        return new ImportException("line " + headLine + ": " + what);
    }

    /** The first of these columns that the table has. */
    String column(String... names) throws ImportException {
        for (String name : names) {
            if (columns.containsKey(name)) {
                return name;
            }
        }
        throw columns.isEmpty()
                ? new ImportException("the file is empty: a table begins with a line of column names")
                : wrongHead(without(names));
    }

    private String without(String... names) {
        if (columns.size() == 1 && (head.indexOf(';') >= 0 || head.indexOf('\t') >= 0)) {
            return "there is no comma in '" + shown(head)
                    + "': write commas between the columns, and a point in numbers";
        }
        return "there is no column " + String.join(" or ", names) + "; columns are "
                + String.join(", ", columns.keySet());
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), MAX_SHOWN));
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    boolean hasAny(String... names) {
        return Stream.of(names).anyMatch(this::has);
    }

    /** How many rows there are. */
    int count() {
        return lines.size();
    }

    /** Has every row read; all that are wrong, up to {@link ImportProblems#MAX_PROBLEMS}, are told at once. */
    void forEach(RowReader reader) throws ImportException {
        ImportProblems problems = new ImportProblems();
        for (Line line : lines) {
            if (!problems.read("line " + line.number(), () -> reader.read(row(line.text())))) {
                break;
            }
        }
        problems.throwIfAny();
    }

    /** A field too many is a mistake, often a decimal comma; one that is missing is empty, and so may those be that are too many. */
    private Row row(String line) throws ImportException {
        List<String> cells = CsvFields.of(line);
        for (int i = width; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                throw new ImportException("field " + (i + 1) + " '" + shown(cells.get(i)) + "' where there are " + width
                        + " columns: a decimal comma is written as a point, and a field with a comma in it in quotes");
            }
        }
        return new Row(cells);
    }
}
