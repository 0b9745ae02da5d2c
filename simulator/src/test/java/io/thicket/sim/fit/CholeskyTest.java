package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class CholeskyTest {
    // [[4, 2], [2, 10]] = [[2, 0], [1, 3]] times its transpose
    private final Cholesky of = new Cholesky(new double[][] {{4, 0}, {2, 10}});

    @Test
    void the_factor_is_found_from_the_lower_triangle() {
        assertArrayEquals(new double[] {2, 0}, of.row(0));
        assertArrayEquals(new double[] {1, 3}, of.row(1));
        assertEquals(Math.log(36), of.logDeterminant(), 1e-12);
    }

    @Test
    void equations_are_solved() {
        assertArrayEquals(new double[] {3, 2}, of.forward(new double[] {6, 9}), 1e-12);
        assertArrayEquals(new double[] {1, 2}, of.solve(new double[] {8, 22}), 1e-12);
    }

    @Test
    void products_with_the_factor() {
        assertArrayEquals(new double[] {5, 9}, of.transposedTimes(new double[] {1, 3}), 1e-12);
        // L' [[1, 2], [2, 5]] L, by hand: [[2, 1], [0, 3]] [[4, 6], [9, 15]] = [[17, 27], [27, 45]]
        double[][] around = of.around(new double[][] {{1, 2}, {2, 5}});
        assertArrayEquals(new double[] {17, 27}, around[0], 1e-12);
        assertArrayEquals(new double[] {27, 45}, around[1], 1e-12);
    }

    @Test
    void a_matrix_that_is_not_positive_definite_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Cholesky(new double[][] {{1, 2}, {2, 4}}));
        assertThrows(IllegalArgumentException.class, () -> new Cholesky(new double[][] {{Double.NaN}}));
    }
}
