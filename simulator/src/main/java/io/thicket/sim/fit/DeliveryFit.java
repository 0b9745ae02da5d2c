package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    /** Halvings of the steps of the search. */
    private static final int ROUNDS = 14;

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
        double middle = least;
        double width = WIDTHS[0];
        double error = Double.MAX_VALUE;
        for (double tried : WIDTHS) {
            for (int i = -MIDDLES; i <= 2 * MIDDLES; i++) {
                double at = least + (most - least) * i / MIDDLES;
                double its = squares(signals, shares, at, tried);
                if (its < error) {
                    error = its;
                    middle = at;
                    width = tried;
                }
            }
        }
        double step = (most - least) / MIDDLES;
        double factor = 2;
        for (int round = 0; round < ROUNDS; ) {
            double its = error;
            for (int move = 0; move < 4; move++) {
                double at = move == 0 ? middle - step : move == 1 ? middle + step : middle;
                double wide = move == 2 ? width / factor : move == 3 ? width * factor : width;
                wide = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, wide));
                double tried = squares(signals, shares, at, wide);
                if (tried < error) {
                    error = tried;
                    middle = at;
                    width = wide;
                }
            }
            if (error >= its) {
                step /= 2;
                factor = Math.sqrt(factor);
                round++;
            }
        }
        return new DeliveryFit(rows.size(), ofSnr, middle, width, Math.sqrt(error / signals.length));
    }

    /** The share that arrives. */
    public double delivered(double signal) {
        return logistic(signal, middle, width);
    }

    private static double logistic(double signal, double middle, double width) {
        return 1 / (1 + StrictMath.exp(-(signal - middle) / width));
    }

    private static double squares(double[] signals, double[] shares, double middle, double width) {
        double sum = 0;
        for (int i = 0; i < signals.length; i++) {
            double error = shares[i] - logistic(signals[i], middle, width);
            sum += error * error;
        }
        return sum;
    }
}
