package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionTest {
    /** NIST/SEMATECH e-Handbook of Statistical Methods, s1.3.6.7.2, critical values of Student's t, and that table's normal row. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "3, 3.182", "4, 2.776", "9, 2.262", "19, 2.093", "30, 2.042", "100, 1.984"})
    void quantiles_of_student_are_those_of_the_tables(double df, double quantile) {
        assertEquals(quantile, Distribution.t975(df), 0.0005);
    }

    @Test
    void many_degrees_of_freedom_are_the_normal_distribution() {
        assertEquals(Distribution.Z95, Distribution.t975(1e7), 1e-6);
        assertEquals(0.05, Distribution.twoSided(Distribution.Z95, 1e7), 1e-6);
    }

    /** One degree of freedom is Cauchy's distribution: P(|T| >= 1) is a half. */
    @Test
    void one_degree_of_freedom_is_cauchys() {
        assertEquals(0.5, Distribution.twoSided(1, 1), 1e-12);
    }

    @Test
    void the_interval_of_a_mean_is_students() {
        // Mean 3, deviation 1.5811, 2.7764 * 1.5811 / sqrt(5) = 1.9632.
        Estimate estimate = Estimate.ofMean(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertEquals(3, estimate.mean(), 1e-12);
        assertEquals(1.9632, estimate.half(), 1e-4);
        assertTrue(estimate.isWithin(0.66));
        assertFalse(estimate.isWithin(0.65));
    }

    @Test
    void one_run_has_no_interval_and_none_has_no_mean() {
        assertFalse(Estimate.ofMean(List.of(1.0)).isWithin(1));
        assertTrue(Double.isNaN(Estimate.ofMean(List.of()).mean()));
    }

    /** Wilson's interval of 8 of 10 is 0.4902 to 0.9433. */
    @Test
    void the_interval_of_a_ratio_is_wilsons() {
        Estimate estimate = Estimate.ofRatio(8, 10);

        assertEquals(0.4902, estimate.low(), 5e-5);
        assertEquals(0.9433, estimate.high(), 5e-5);
    }

    @Test
    void a_ratio_without_failures_still_has_a_width() {
        // z^2 / (n + z^2) = 3.8415 / 13.8415.
        assertEquals(1 - 0.27753, Estimate.ofRatio(10, 10).low(), 1e-5);
        assertEquals(1, Estimate.ofRatio(10, 10).high(), 0);
    }
}
