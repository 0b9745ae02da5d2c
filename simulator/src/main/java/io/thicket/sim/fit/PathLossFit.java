package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Least squares of the received power on the logarithm of the distance: {@code rssi = at1m - 10 n lg(d) + N(0, sigma)}.
 *
 * @param rows that have both
 * @param at1mDbm the power at 1 m
 * @param exponent n
 * @param sigmaDb what is left over, root mean square
 * @param explained share of the variance that distance explains (R squared)
 * @param asymmetryDb standard deviation of what each direction has of its own, beside what both share: the root mean square difference of
 *     both, divided by the root of 2; NaN where both are known of fewer than 10 pairs
 */
public record PathLossFit(
        int rows, double at1mDbm, double exponent, double sigmaDb, double explained, double asymmetryDb) {
    /** Fewer rows than that are no fit. */
    public static final int LEAST_ROWS = 10;

    private static final int LEAST_PAIRS = 10;

    /** Whether the row can be used. */
    public static boolean isUsable(Row row) {
        return !Double.isNaN(row.distanceM() + row.rssiDbm());
    }

    /** The fit; NaN everywhere if there are too few rows, or all at one distance. */
    public static PathLossFit of(List<Row> all) {
        List<Row> rows = all.stream().filter(PathLossFit::isUsable).toList();
        int n = rows.size();
        double meanX = 0;
        double meanY = 0;
        for (Row row : rows) {
            meanX += StrictMath.log10(row.distanceM()) / n;
            meanY += row.rssiDbm() / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (Row row : rows) {
            double x = StrictMath.log10(row.distanceM()) - meanX;
            double y = row.rssiDbm() - meanY;
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        if (n < LEAST_ROWS || xx < 1e-9) {
            return new PathLossFit(n, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double slope = xy / xx;
        double left = Math.max(0, yy - slope * xy);
        return new PathLossFit(
                n,
                meanY - slope * meanX,
                -slope / 10,
                Math.sqrt(left / n),
                yy <= 0 ? 0 : 1 - left / yy,
                asymmetry(all));
    }

    /** The power that a receiver at that distance gets, on average. */
    public double rssiDbm(double distanceM) {
        return at1mDbm - 10 * exponent * StrictMath.log10(distanceM);
    }

    /** Root mean square of what the fit gets wrong on these rows. */
    public double errorDb(List<Row> rows) {
        double sum = 0;
        int count = 0;
        for (Row row : rows) {
            if (isUsable(row)) {
                double error = row.rssiDbm() - rssiDbm(row.distanceM());
                sum += error * error;
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /**
     * Half of the mean square of the differences is the variance of one direction. Their mean says nothing: the sign of each is only which
     * direction was named first. Needs no distances.
     */
    private static double asymmetry(List<Row> all) {
        Map<List<String>, Mean> directions = new LinkedHashMap<>();
        for (Row row : all) {
            if (!Double.isNaN(row.rssiDbm())) {
                directions
                        .computeIfAbsent(List.of(row.from(), row.to()), its -> new Mean())
                        .add(row.rssiDbm());
            }
        }
        double squares = 0;
        int pairs = 0;
        for (Map.Entry<List<String>, Mean> each : directions.entrySet()) {
            String from = each.getKey().get(0);
            String to = each.getKey().get(1);
            Mean back = directions.get(List.of(to, from));
            if (back != null && from.compareTo(to) < 0) {
                double difference = each.getValue().get() - back.get();
                squares += difference * difference;
                pairs++;
            }
        }
        return pairs < LEAST_PAIRS ? Double.NaN : Math.sqrt(squares / pairs / 2);
    }

    /** Of one direction, which may have been measured more than once. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double dbm) {
            sum += dbm;
            count++;
        }

        double get() {
            return sum / count;
        }
    }
}
