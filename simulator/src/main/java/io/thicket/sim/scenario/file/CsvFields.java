package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.List;

/** The fields of one line. Quotes are those of RFC 4180 s2, but a field ends with its line; blanks around a field are none of it. */
final class CsvFields {
    private final String line;
    private final List<String> fields = new ArrayList<>();
    private int at;

    private CsvFields(String line) {
        this.line = line;
    }

    static List<String> of(String line) throws ImportException {
        CsvFields its = new CsvFields(line);
        its.read();
        return its.fields;
    }

    private void read() throws ImportException {
        do {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            fields.add(at < line.length() && line.charAt(at) == '"' ? quoted() : plain());
        } while (at++ < line.length());
    }

    /** Up to the next comma, or the end. */
    private String upToComma() {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        String text = line.substring(at, end).strip();
        at = end;
        return text;
    }

    private String plain() throws ImportException {
        String text = upToComma();
        if (text.indexOf('"') >= 0) {
            // RFC 4180 s2.5; a reader that guesses gets another name than the writer meant.
            throw wrong("a quote stands within a field: write the field in quotes, and \"\" for each quote in it");
        }
        return text;
    }

    private String quoted() throws ImportException {
        StringBuilder text = new StringBuilder();
        int from = at + 1;
        int end = line.indexOf('"', from);
        while (end >= 0 && line.startsWith("\"\"", end)) {
            text.append(line, from, end + 1);
            from = end + 2;
            end = line.indexOf('"', from);
        }
        if (end < 0) {
            throw wrong("a quote begins and does not end in this line");
        }
        text.append(line, from, end);
        at = end + 1;
        if (!upToComma().isEmpty()) {
            throw wrong("there is something after the closing quote");
        }
        return text.toString().strip();
    }

    private ImportException wrong(String what) {
        return new ImportException("field " + (fields.size() + 1) + ": " + what);
    }
}
