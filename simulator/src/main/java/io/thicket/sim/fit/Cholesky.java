package io.thicket.sim.fit;

/** The lower triangle {@code L} of a symmetric positive definite matrix {@code A = L L'}, and what can be solved with it. Matrices are arrays of rows. */
final class Cholesky {
    private final double[][] lower;

    /** Factors {@code symmetric}, of which only the lower triangle is read. Throws IllegalArgumentException if it is not positive definite. */
    Cholesky(double[][] symmetric) {
        int n = symmetric.length;
        lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = symmetric[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                if (i == j && !(rest > 0)) {
                    throw new IllegalArgumentException("row " + i + " is not independent of those before");
                }
                lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
            }
        }
    }

    /** Row {@code i} of {@code L}; not to be changed. */
    double[] row(int i) {
        return lower[i];
    }

    /** {@code ln det A}. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += 2 * StrictMath.log(lower[i][i]);
        }
        return sum;
    }

    /** {@code x} of {@code L x = b}. */
    double[] forward(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** {@code x} of {@code A x = b}. */
    double[] solve(double[] b) {
        double[] x = forward(b);
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= lower[i][k] * x[i];
            }
        }
        return x;
    }

    /** {@code L' b}. */
    double[] transposedTimes(double[] b) {
        double[] product = new double[b.length];
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j <= i; j++) {
                product[j] += lower[i][j] * b[i];
            }
        }
        return product;
    }

    /** {@code L' S L}, for a symmetric {@code S}. */
    double[][] around(double[][] symmetric) {
        int n = lower.length;
        double[][] half = new double[n][]; // of row i of S: L' S e(i)
        for (int i = 0; i < n; i++) {
            half[i] = transposedTimes(symmetric[i]);
        }
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double factor = lower[i][j];
                for (int k = 0; k < n; k++) {
                    product[j][k] += factor * half[i][k];
                }
            }
        }
        return product;
    }

    /** The scalar product of two rows of equal length. */
    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code n} rows of zeros with {@code diagonal}. */
    static double[][] diagonal(int n, double diagonal) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = diagonal;
        }
        return matrix;
    }
}
