package io.thicket.sim.sweep;

import java.util.List;

/**
 * A figure over several runs.
 *
 * @param n how many values there are
 * @param sd the sample's standard deviation, NaN of fewer than two
 * @param low lower end of the 95 % interval, NaN if there is none
 * @param high upper end
 */
public record Estimate(int n, double mean, double sd, double low, double high) {
    /** Nothing was measured. */
    static final Estimate NONE = new Estimate(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The mean with Student's interval: values are independent runs. */
    static Estimate ofMean(List<Double> values) {
        int n = values.size();
        if (n == 0) {
            return NONE;
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n == 1) {
            return new Estimate(1, mean, Double.NaN, Double.NaN, Double.NaN);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double sd = StrictMath.sqrt(squares / (n - 1));
        double half = Distribution.t975(n - 1) * sd / StrictMath.sqrt(n);
        return new Estimate(n, mean, sd, mean - half, mean + half);
    }

    /** A ratio with Wilson's score interval (1927), which stays within 0 to 1 and has a width even if all or none succeeded. */
    static Estimate ofRatio(long successes, long trials) {
        if (trials == 0) {
            return NONE;
        }
        double p = (double) successes / trials;
        double z2 = Distribution.Z95 * Distribution.Z95;
        double centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = Distribution.Z95
                * StrictMath.sqrt(p * (1 - p) / trials + z2 / (4.0 * trials * trials))
                / (1 + z2 / trials);
        int n = (int) Math.min(trials, Integer.MAX_VALUE);
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Estimate(n, p, Double.NaN, low, high);
    }

    /** Half the width of the interval, NaN if there is none. */
    double half() {
        return (high - low) / 2;
    }

    /** Whether the interval is known, and its half width is at most {@code share} of the mean. */
    boolean isWithin(double share) {
        return n >= 2 && half() <= share * Math.abs(mean);
    }
}
