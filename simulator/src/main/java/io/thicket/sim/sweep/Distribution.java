package io.thicket.sim.sweep;

/** Student's t and the normal distribution, and what intervals of confidence are made of. */
final class Distribution {
    /** Two-sided 95 % of the normal distribution. */
    static final double Z95 = 1.959963984540054;

    private static final int BISECTIONS = 200;
    private static final int MAX_TERMS = 10_000;
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;

    private Distribution() {}

    /** The quantile of Student's t with {@code df} degrees of freedom (1 or more, need not be whole) that 97.5 % are below. */
    static double t975(double df) {
        double low = 0;
        double high = 1_000;
        for (int i = 0; i < BISECTIONS && high - low > 1e-12 * high; i++) {
            double middle = (low + high) / 2;
            if (twoSided(middle, df) > 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability that |T| is at least {@code t}: I_x(df/2, 1/2) with x = df / (df + t^2) (Abramowitz and Stegun 26.7.1). */
    static double twoSided(double t, double df) {
        return incompleteBeta(df / 2, 0.5, df / (df + t * t));
    }

    /** The regularized incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8). */
    private static double incompleteBeta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = StrictMath.exp(
                lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        // The fraction converges fast on this side; the other one is its complement.
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
    }

    /** Lentz's method. */
    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < EPSILON) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series after shifting the argument up; good to 1e-12 for what is asked here. */
    private static double lnGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 10) {
            shift -= StrictMath.log(z);
            z++;
        }
        double inverse = 1 / (z * z);
        double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / z;
        return shift + (z - 0.5) * StrictMath.log(z) - z + 0.5 * StrictMath.log(2 * Math.PI) + series;
    }
}
