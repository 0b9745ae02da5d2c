package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.List;

/** Links between nodes n0, n1 ... */
final class NumberedRows {
    private NumberedRows() {}

    /** Those of which both ends are within: the first, and up to but not the last. */
    static List<Row> within(List<Row> rows, int from, int to) {
        return rows.stream()
                .filter(row -> isWithin(row.from(), from, to) && isWithin(row.to(), from, to))
                .toList();
    }

    private static boolean isWithin(String node, int from, int to) {
        return number(node) >= from && number(node) < to;
    }

    static int number(String node) {
        return Integer.parseInt(node.substring(1));
    }
}
