package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a linear model of links with effects of both ends must know of the measurements. Of each pair of nodes the mean of its rows is one observation {@code y}: both
 * directions share antennas and walls, and are no two. {@code X} has a row (1, lg d) for each pair, {@code Z} one with a 1 for each end.
 */
final class PairSums {
    private final List<String> nodes;
    private final double[][] zz;
    private final double[][] zx;
    private final double[] zy;
    private final double[][] xx = new double[2][2];
    private final double[] xy = new double[2];
    private double yy;
    private final List<Observation> pairs = new ArrayList<>();

    /**
     * One pair of nodes.
     *
     * @param one its place among the nodes, as {@code other}
     * @param x decadic logarithm of the distance in metres
     * @param y dBm, the mean of its rows
     */
    record Observation(int one, int other, double x, double y) {}

    private PairSums(List<String> nodes) {
        this.nodes = List.copyOf(nodes);
        int n = nodes.size();
        zz = new double[n][n];
        zx = new double[2][n];
        zy = new double[n];
    }

    /** The sums of those rows that have distance and signal. */
    static PairSums of(List<Row> rows) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Map<List<Integer>, List<Row>> byPair = new LinkedHashMap<>();
        for (Row row : rows) {
            if (PathLossFit.isUsable(row)) {
                int one = number(numbers, row.from());
                int other = number(numbers, row.to());
                byPair.computeIfAbsent(List.of(Math.min(one, other), Math.max(one, other)), key -> new ArrayList<>())
                        .add(row);
            }
        }
        PairSums sums = new PairSums(List.copyOf(numbers.keySet()));
        byPair.forEach((pair, its) -> sums.add(pair.get(0), pair.get(1), its));
        return sums;
    }

    private static int number(Map<String, Integer> numbers, String node) {
        Integer known = numbers.putIfAbsent(node, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    private void add(int a, int b, List<Row> rows) {
        double x = 0;
        double y = 0;
        for (Row row : rows) {
            x += StrictMath.log10(row.distanceM()) / rows.size();
            y += row.rssiDbm() / rows.size();
        }
        pairs.add(new Observation(a, b, x, y));
        zz[a][b]++;
        zz[b][a]++;
        for (int end : new int[] {a, b}) {
            zz[end][end]++;
            zx[0][end]++;
            zx[1][end] += x;
            zy[end] += y;
        }
        xx[0][0]++;
        xx[0][1] += x;
        xx[1][0] += x;
        xx[1][1] += x * x;
        xy[0] += y;
        xy[1] += x * y;
        yy += y * y;
    }

    /** By which the columns of Z go. */
    List<String> nodes() {
        return nodes;
    }

    /** How many observations. */
    int pairs() {
        return pairs.size();
    }

    /** Each of them. */
    List<Observation> observations() {
        return Collections.unmodifiableList(pairs);
    }

    /** Z'Z; as all arrays here not to be changed. */
    double[][] zz() {
        return zz;
    }

    /** Z'X: one array for each column of X. */
    double[][] zx() {
        return zx;
    }

    /** Z'y. */
    double[] zy() {
        return zy;
    }

    /** X'X. */
    double[][] xx() {
        return xx;
    }

    /** X'y. */
    double[] xy() {
        return xy;
    }

    /** y'y. */
    double yy() {
        return yy;
    }
}
