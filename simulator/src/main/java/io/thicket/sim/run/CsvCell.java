package io.thicket.sim.run;

/** A cell of a table that we write, as RFC 4180 s2 has it. */
public final class CsvCell {
    private CsvCell() {}

    /** {@code text}, in quotes if it has a comma, a quote or the end of a line in it. */
    public static String of(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
