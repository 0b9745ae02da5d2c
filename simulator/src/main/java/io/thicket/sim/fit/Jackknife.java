package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Standard errors by leaving out one node at a time, with all its links: both directions of a link, and all links of a node, share what is good or bad about it, so that
 * errors which count each row for itself come out far too small.
 */
final class Jackknife {
    /** Nodes left out at a time where there are more than so many: groups of nodes then. */
    static final int MAX_GROUPS = 100;

    private Jackknife() {}

    /** The standard error of each of the values that {@code fit} finds; NaN with fewer than three nodes. */
    static double[] errors(List<Row> rows, int values, Function<List<Row>, double[]> fit) {
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            groups.putIfAbsent(row.from(), groups.size() % MAX_GROUPS);
            groups.putIfAbsent(row.to(), groups.size() % MAX_GROUPS);
        }
        int count = Math.min(MAX_GROUPS, groups.size());
        double[] errors = new double[values];
        if (count < 3) {
            Arrays.fill(errors, Double.NaN);
            return errors;
        }
        List<double[]> found = new ArrayList<>();
        for (int group = 0; group < count; group++) {
            int without = group;
            found.add(fit.apply(rows.stream()
                    .filter(row -> groups.getOrDefault(row.from(), without) != without
                            && groups.getOrDefault(row.to(), without) != without)
                    .toList()));
        }
        for (int i = 0; i < values; i++) {
            double mean = 0;
            for (double[] each : found) {
                mean += each[i] / count;
            }
            double squares = 0;
            for (double[] each : found) {
                squares += (each[i] - mean) * (each[i] - mean);
            }
            errors[i] = Math.sqrt(squares * (count - 1) / count);
        }
        return errors;
    }
}
