package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links with random offsets of their nodes, for one given correlation of these: {@code y = X b + Z u + e} with {@code e ~ N(0, s2)} and {@code u ~ N(0, s2 ratio C)}.
 *
 * <p>{@code C} is exp(-d / L), d the distance of two nodes (Gudmundson 1991). With {@code C = c c'} the offsets are {@code u = sqrt(ratio) c v}, {@code v ~ N(0, s2 I)}, so that
 * {@code V = I + ratio Z C Z'} need not be made: everything goes by {@code B = I + ratio c'Z'Z c}, which has a row for each node.
 */
final class OffsetModel {
    /** What is added to the diagonal of C, so that two nodes at one place do not make it singular. */
    static final double NUGGET = 1e-8;

    private final PairSums sums;
    private final double decorrelationM;
    private final List<@Nullable Place> places;
    private final Cholesky c;
    private final double[][] czzc;
    private final double[][] czx;
    private final double[] czy;

    /**
     * One estimate.
     *
     * @param deviance minus twice the logarithm of the restricted likelihood, but for a constant
     * @param at1mDbm power at 1 m
     * @param slopeDb for each factor of ten in distance
     * @param s2 variance of what is left over
     */
    record Estimate(double deviance, double at1mDbm, double slopeDb, double s2) {}

    /**
     * For one correlation.
     *
     * @param places of the nodes of {@code sums}, in their order, all known unless {@code decorrelationM} is 0
     * @param decorrelationM L, or 0 if no two nodes are alike
     */
    OffsetModel(PairSums sums, List<@Nullable Place> places, double decorrelationM) {
        this.sums = sums;
        this.places = places;
        this.decorrelationM = decorrelationM;
        int n = places.size();
        double[][] correlation = Cholesky.diagonal(n, 1 + NUGGET);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                correlation[i][j] = correlation(places.get(i), places.get(j));
            }
        }
        c = new Cholesky(correlation);
        czzc = c.around(sums.zz());
        czx = new double[][] {c.transposedTimes(sums.zx()[0]), c.transposedTimes(sums.zx()[1])};
        czy = c.transposedTimes(sums.zy());
    }

    double decorrelationM() {
        return decorrelationM;
    }

    /** Of the offsets at two places, of which unknown ones are like no others. */
    double correlation(@Nullable Place one, @Nullable Place other) {
        return decorrelationM <= 0 || one == null || other == null
                ? 0
                : StrictMath.exp(-one.distanceM(other) / decorrelationM);
    }

    /** Generalised least squares, and how likely {@code ratio} is by what no {@code b} can explain (REML, Patterson and Thompson 1971). */
    Estimate estimate(double ratio) {
        Cholesky b = new Cholesky(scaled(ratio));
        double root = Math.sqrt(ratio);
        double[] w0 = b.forward(times(czx[0], root));
        double[] w1 = b.forward(times(czx[1], root));
        double[] wy = b.forward(times(czy, root));
        Cholesky normal = new Cholesky(new double[][] {
            {sums.xx()[0][0] - Cholesky.dot(w0, w0), 0},
            {sums.xx()[1][0] - Cholesky.dot(w1, w0), sums.xx()[1][1] - Cholesky.dot(w1, w1)}
        });
        double[] right = {sums.xy()[0] - Cholesky.dot(w0, wy), sums.xy()[1] - Cholesky.dot(w1, wy)};
        double[] found = normal.solve(right);
        int free = sums.pairs() - 2;
        double s2 = Math.max(1e-12, (sums.yy() - Cholesky.dot(wy, wy) - Cholesky.dot(found, right)) / free);
        return new Estimate(
                b.logDeterminant() + normal.logDeterminant() + free * StrictMath.log(s2), found[0], found[1], s2);
    }

    /** Henderson's equations of (b, v), whose inverse times s2 is the covariance of their errors. */
    Cholesky equations(double ratio) {
        double[][] of = scaled(ratio);
        int n = of.length;
        double root = Math.sqrt(ratio);
        double[][] all = new double[n + 2][n + 2];
        for (int i = 0; i < 2; i++) {
            System.arraycopy(sums.xx()[i], 0, all[i], 0, 2);
        }
        for (int i = 0; i < n; i++) {
            all[i + 2][0] = root * czx[0][i];
            all[i + 2][1] = root * czx[1][i];
            System.arraycopy(of[i], 0, all[i + 2], 2, n);
        }
        return new Cholesky(all);
    }

    /** (b, v): the solution of {@code equations}. */
    double[] solve(Cholesky equations, double ratio) {
        double[] right = new double[czy.length + 2];
        System.arraycopy(sums.xy(), 0, right, 0, 2);
        System.arraycopy(times(czy, Math.sqrt(ratio)), 0, right, 2, czy.length);
        return equations.solve(right);
    }

    /** The offset at a place as a combination of v, without sqrt(ratio): all zero if nothing is known there. */
    double[] weights(String node, @Nullable Place place) {
        int known = sums.nodes().indexOf(node);
        if (known >= 0) {
            return row(known);
        }
        double[] alike = new double[places.size()];
        for (int i = 0; i < alike.length; i++) {
            alike[i] = correlation(place, places.get(i));
        }
        return c.forward(alike);
    }

    /** The offset of one of the nodes of {@code sums}, as {@link #weights}. */
    double[] row(int node) {
        return c.row(node);
    }

    /** The share of the variance of an offset that v does not explain; 0 of a node that was measured. */
    double unknown(double[] weights) {
        return Math.max(0, 1 + NUGGET - Cholesky.dot(weights, weights));
    }

    /** {@code B}. */
    private double[][] scaled(double ratio) {
        double[][] b = new double[czzc.length][];
        for (int i = 0; i < b.length; i++) {
            b[i] = times(czzc[i], ratio);
            b[i][i] += 1;
        }
        return b;
    }

    private static double[] times(double[] values, double factor) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = factor * values[i];
        }
        return product;
    }
}
