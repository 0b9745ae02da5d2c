package io.thicket.sim.lab;

import java.util.Arrays;
import java.util.List;

/** The few formulas that reports need. */
final class Statistics {
    private static final int BISECTIONS = 60;

    private Statistics() {}

    /** The smallest value that at least {@code percent} of the sorted values do not exceed; NaN without values. */
    static double percentile(double[] sorted, double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) StrictMath.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    }

    static double median(List<Double> values) {
        return percentile(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 50);
    }

    static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }

    /**
     * The one-sided lower 95 % bound of Clopper and Pearson: the probability of success at which so few failures in so many
     * trials would have been seen one time in twenty.
     */
    static double lowerBound95(long successes, long trials) {
        if (trials == 0 || successes == 0) {
            return 0;
        }
        long failures = trials - successes;
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double p = (low + high) / 2;
            if (atMost(failures, trials, 1 - p) < 0.05) {
                low = p;
            } else {
                high = p;
            }
        }
        return low;
    }

    /** P(X <= most) of a binomial distribution. */
    private static double atMost(long most, long trials, double p) {
        if (p <= 0) {
            return 1;
        }
        if (p >= 1) {
            return most >= trials ? 1 : 0;
        }
        double lnTerm = trials * StrictMath.log1p(-p);
        double lnOdds = StrictMath.log(p) - StrictMath.log1p(-p);
        double sum = StrictMath.exp(lnTerm);
        for (long k = 1; k <= most; k++) {
            lnTerm += StrictMath.log((double) (trials - k + 1) / k) + lnOdds;
            sum += StrictMath.exp(lnTerm);
        }
        return sum;
    }
}
