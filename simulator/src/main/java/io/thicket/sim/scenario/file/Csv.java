package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A plain table: a line of column names, then rows; commas, no quotes, {@code #} begins a comment line. */
final class Csv {
    /** Most rows. */
    static final int MAX_ROWS = 2_000_000;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /** One row. */
    final class Row {
        private final int line;
        private final String[] cells;

        Row(int line, String[] cells) {
            this.line = line;
            this.cells = cells;
        }

        /** The cell, empty if there is no such column or nothing in it. */
        String text(String column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.length ? "" : cells[index].strip();
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
            throw problem(column + " '" + text + "' is no number");
        }

        double requiredNumber(String column) throws ImportException {
            return number(column).orElseThrow(() -> problem("there is no " + column));
        }

        String requiredText(String column) throws ImportException {
            String text = text(column);
            if (text.isEmpty()) {
                throw problem("there is no " + column);
            }
            return text;
        }

        ImportException problem(String what) {
            return new ImportException("line " + line + ": " + what);
        }
    }

    private Csv() {}

    static Csv parse(String text) throws ImportException {
        Csv csv = new Csv();
        int number = 0;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (csv.columns.isEmpty()) {
                for (int i = 0; i < cells.length; i++) {
                    csv.columns.put(cells[i].strip().toLowerCase(Locale.ROOT), i);
                }
                continue;
            }
            if (csv.rows.size() == MAX_ROWS) {
                throw new ImportException("more than " + MAX_ROWS + " rows");
            }
            csv.rows.add(csv.new Row(number, cells));
        }
        return csv;
    }

    /** The first of these columns that the table has. */
    String column(String... names) throws ImportException {
        for (String name : names) {
            if (columns.containsKey(name)) {
                return name;
            }
        }
        throw new ImportException("line 1: there is no column " + String.join(" or ", Arrays.asList(names))
                + "; columns are " + String.join(", ", columns.keySet()));
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    List<Row> rows() {
        return rows;
    }
}
