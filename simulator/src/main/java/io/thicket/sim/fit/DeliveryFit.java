package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Least squares of the share delivered on a logistic curve of SNR, or of the signal where no noise is known: {@code 1 / (1 + exp(-(s - middle) / width))}.
 *
 * @param rows that have both
 * @param ofSnr whether {@code s} is SNR in dB, or else the signal in dBm
 * @param middle where half is delivered
 * @param width dB; the share goes from 0.12 to 0.88 within four of them
 * @param error root mean square of what is left over, as a share
 */
public record DeliveryFit(int rows, boolean ofSnr, double middle, double width, double error) {
    private static final double LEAST_WIDTH = 0.05;
    private static final double MOST_WIDTH = 100;

    /** Steps of Levenberg and Marquardt at most; a dozen is usual. */
    private static final int STEPS = 200;

    /** So many rows at most, evenly by their signals, say where the search begins. */
    private static final int MAX_SCOUTS = 200;

    private static final double[] WIDTHS = {0.1, 0.3, 1, 2, 4, 8, 16, 32};

    private static final int MIDDLES = 24;

    /** The fit; NaN if there are too few rows, or nothing differs. */
    public static DeliveryFit of(List<Row> all) {
        boolean ofSnr = all.stream().anyMatch(row -> !Double.isNaN(row.snrDb() + row.delivered()));
        ToDoubleFunction<Row> signal = ofSnr ? Row::snrDb : Row::rssiDbm;
        List<Row> rows = all.stream()
                .filter(row -> !Double.isNaN(signal.applyAsDouble(row) + row.delivered()))
                .toList();
        double least = rows.stream().mapToDouble(signal).min().orElse(0);
        double most = rows.stream().mapToDouble(signal).max().orElse(0);
        double worst = rows.stream().mapToDouble(Row::delivered).min().orElse(0);
        double best = rows.stream().mapToDouble(Row::delivered).max().orElse(0);
        if (rows.size() < PathLossFit.LEAST_ROWS || most - least < 1e-6 || best - worst < 1e-6) {
            return new DeliveryFit(rows.size(), ofSnr, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] signals = rows.stream().mapToDouble(signal).toArray();
        double[] shares = rows.stream().mapToDouble(Row::delivered).toArray();
        Curve curve = new Curve(signals, shares)
                .from(start(rows, signal, least, most))
                .best();
        return new DeliveryFit(rows.size(), ofSnr, curve.middle, curve.width, Math.sqrt(curve.error / signals.length));
    }

    /** (middle, width) of the best of a coarse grid, for some of the rows. */
    private static double[] start(List<Row> rows, ToDoubleFunction<Row> signal, double least, double most) {
        List<Row> sorted =
                rows.stream().sorted(Comparator.comparingDouble(signal)).toList();
        int step = (rows.size() + MAX_SCOUTS - 1) / MAX_SCOUTS;
        int[] some = IntStream.range(0, (rows.size() + step - 1) / step)
                .map(i -> i * step)
                .toArray();
        Curve curve = new Curve(
                IntStream.of(some)
                        .mapToDouble(i -> signal.applyAsDouble(sorted.get(i)))
                        .toArray(),
                IntStream.of(some).mapToDouble(i -> sorted.get(i).delivered()).toArray());
        double[] best = {least, WIDTHS[0]};
        double error = Double.MAX_VALUE;
        for (double width : WIDTHS) {
            for (int i = -MIDDLES; i <= 2 * MIDDLES; i++) {
                double middle = least + (most - least) * i / MIDDLES;
                double its = curve.squares(middle, width);
                if (its < error) {
                    error = its;
                    best = new double[] {middle, width};
                }
            }
        }
        return best;
    }

    /** The share that arrives. */
    public double delivered(double signal) {
        return logistic(signal, middle, width);
    }

    private static double logistic(double signal, double middle, double width) {
        return 1 / (1 + StrictMath.exp(-(signal - middle) / width));
    }

    /** The search for the least squares, by middle and the logarithm of the width (Levenberg 1944, Marquardt 1963). */
    private static final class Curve {
        private final double[] signals;
        private final double[] shares;
        private double middle;
        private double width = 1;
        private double error;

        Curve(double[] signals, double[] shares) {
            this.signals = signals;
            this.shares = shares;
        }

        Curve from(double[] start) {
            middle = start[0];
            width = start[1];
            error = squares(middle, width);
            return this;
        }

        double squares(double at, double wide) {
            double sum = 0;
            for (int i = 0; i < signals.length; i++) {
                double off = shares[i] - logistic(signals[i], at, wide);
                sum += off * off;
            }
            return sum;
        }

        Curve best() {
            double damping = 1e-3;
            for (int step = 0; step < STEPS && damping < 1e12; step++) {
                double[] sums = normal(); // of the derivatives' products with each other and with what is off
                double mm = sums[0] * (1 + damping);
                double ww = sums[2] * (1 + damping);
                double determinant = mm * ww - sums[1] * sums[1];
                double at = middle + (ww * sums[3] - sums[1] * sums[4]) / determinant;
                double wide = width * StrictMath.exp((mm * sums[4] - sums[1] * sums[3]) / determinant);
                wide = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, wide));
                double its = squares(at, wide);
                if (its < error) { // not if it is NaN, where nothing has a slope
                    boolean done = error - its < 1e-12 * error;
                    middle = at;
                    width = wide;
                    error = its;
                    damping /= 10;
                    if (done) {
                        break;
                    }
                } else {
                    damping *= 10;
                }
            }
            return this;
        }

        private double[] normal() {
            double[] sums = new double[5];
            for (int i = 0; i < signals.length; i++) {
                double share = logistic(signals[i], middle, width);
                double slope = -share * (1 - share) / width;
                double ofWidth = slope * (signals[i] - middle);
                double off = shares[i] - share;
                sums[0] += slope * slope;
                sums[1] += slope * ofWidth;
                sums[2] += ofWidth * ofWidth;
                sums[3] += slope * off;
                sums[4] += ofWidth * off;
            }
            return sums;
        }
    }
}
