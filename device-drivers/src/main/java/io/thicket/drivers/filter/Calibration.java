package io.thicket.drivers.filter;

/** Polynomials through measured points, by least squares. */
final class Calibration {
    private Calibration() {}

    /** Coefficients from the constant on; empty if the points do not determine them. */
    static double[] fit(double[] x, double[] y, int degree) {
        int n = degree + 1;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < x.length; i++) {
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    rows[r][c] += StrictMath.pow(x[i], r + c);
                }
                rows[r][n] += y[i] * StrictMath.pow(x[i], r);
            }
        }
        return solve(rows, n);
    }

    private static double[] solve(double[][] rows, int n) {
        for (int pivot = 0; pivot < n; pivot++) {
            int best = pivot;
            for (int r = pivot + 1; r < n; r++) {
                if (Math.abs(rows[r][pivot]) > Math.abs(rows[best][pivot])) {
                    best = r;
                }
            }
            double[] swap = rows[pivot];
            rows[pivot] = rows[best];
            rows[best] = swap;
            if (Math.abs(rows[pivot][pivot]) < 1e-12) {
                return new double[0];
            }
            for (int r = 0; r < n; r++) {
                double factor = r == pivot ? 0 : rows[r][pivot] / rows[pivot][pivot];
                for (int c = pivot; c <= n && factor != 0; c++) {
                    rows[r][c] -= factor * rows[pivot][c];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = rows[i][n] / rows[i][i];
        }
        return solution;
    }

    static double at(double[] coefficients, double x) {
        double value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value * x + coefficients[i];
        }
        return value;
    }
}
