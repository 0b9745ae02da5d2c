package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.List;

/** Cells as lines for a terminal. */
final class Columns {
    private Columns() {}

    /** Each column as wide as its widest cell, two spaces apart; all rows have as many cells as the first one. */
    static List<String> of(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
