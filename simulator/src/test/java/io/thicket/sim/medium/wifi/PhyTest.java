package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LoraRadio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modems against the check values that were collected for them. */
final class PhyTest {
    private static double db(double db) {
        return Radio.mw(db);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 60, 110",
        "6, 100, 166",
        "6, 300, 430",
        "6, 1000, 1366",
        "24, 60, 50",
        "24, 100, 62",
        "24, 300, 130",
        "24, 1000, 362",
        "54, 60, 38",
        "54, 100, 42",
        "54, 300, 74",
        "54, 1000, 178"
    })
    void airtime_of_ofdm(int mbps, int bytes, int us) {
        assertEquals(us, Phy.ofdm(mbps).airtime().us(bytes));
    }

    @Test
    void ofdm_acknowledges_at_the_basic_rate_below_its_own() {
        assertEquals(20 + 24 + 6, Phy.ofdm(6).ackUs());
        assertEquals(20 + 12 + 6, Phy.ofdm(18).ackUs());
        assertEquals(20 + 8 + 6, Phy.ofdm(54).ackUs());
        assertEquals(10 + 50 + 28, Phy.ofdm(54).eifsUs());
        assertThrows(IllegalArgumentException.class, () -> Phy.ofdm(11));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 2.5, 2.04e-10, 0.02e-10",
        "6, 3, 0.020, 0.0005",
        "6, 4, 0.885, 0.0005",
        "6, 5, 0.997, 0.001",
        "9, 6, 0.097, 0.0005",
        "9, 7, 0.918, 0.0005",
        "9, 8, 0.998, 0.0005",
        "12, 6, 0.0174, 0.00005",
        "12, 7, 0.881, 0.0005",
        "12, 8, 0.997, 0.0005",
        "18, 8.5, 2.85e-6, 0.01e-6",
        "18, 9.5, 0.623, 0.0005",
        "18, 10.5, 0.985, 0.0005",
        "24, 12, 2.22e-7, 0.01e-7",
        "24, 13, 0.495, 0.0005",
        "24, 14, 0.974, 0.0005",
        "36, 15.5, 0.012, 0.0005",
        "36, 16.5, 0.818, 0.0005",
        "36, 17.5, 0.993, 0.0005"
    })
    void success_of_2000_bytes_by_ofdm(int mbps, double snrDb, double success, double tolerance) {
        double errorRate = OfdmErrorRate.of(mbps).bitErrorRate(db(snrDb));

        assertEquals(success, DsssErrorRate.success(errorRate, 8 * 2000), tolerance);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 2.6, 0.5",
        "6, 3.2, 0.9",
        "6, 3.9, 0.99",
        "12, 5.6, 0.5",
        "12, 6.9, 0.99",
        "24, 12.0, 0.5",
        "24, 13.4, 0.99",
        "54, 21.1, 0.5",
        "54, 21.7, 0.9",
        "54, 22.5, 0.99"
    })
    void snr_for_the_loss_of_100_bytes_by_ofdm(int mbps, double snrDb, double success) {
        double least = DsssErrorRate.success(OfdmErrorRate.of(mbps).bitErrorRate(db(snrDb - 0.1)), 800);
        double most = DsssErrorRate.success(OfdmErrorRate.of(mbps).bitErrorRate(db(snrDb + 0.1)), 800);

        assertTrue(least <= success && success <= most, () -> least + " to " + most);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.47950012218695",
        "1.99, 0.00488858680038",
        "2.01, 0.00447515064475",
        "4, 1.541725790028e-08"
    })
    void complementary_error_function(double x, double value) {
        assertEquals(value, OfdmErrorRate.erfc(x), value * 1e-10);
    }

    @Test
    void the_error_function_has_no_step_where_its_two_formulas_meet() {
        double slope = (OfdmErrorRate.erfc(2 + 1e-9) - OfdmErrorRate.erfc(2 - 1e-9)) / 2e-9;

        assertEquals(-2 / Math.sqrt(Math.PI) * Math.exp(-4), slope, 1e-4);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 125, 20, 56576",
        "9, 125, 12, 144384",
        "9, 125, 50, 328704",
        "12, 125, 20, 1318912",
        "11, 250, 56, 616448"
    })
    void airtime_of_lora(int spreading, int bandwidth, int bytes, int us) {
        Phy phy = Phy.lora(new LoraRadio(spreading, bandwidth, 1, 10));

        assertEquals(us, phy.airtime().us(bytes));
        assertFalse(phy.acknowledges());
    }

    @Test
    void lora_is_read_from_its_limit_on_and_a_spread_makes_a_grey_zone() {
        assertEquals(0.5, LoraErrorRate.success(-12, 9), 1e-9);
        assertEquals(0.9, LoraErrorRate.success(-12 + 0.4 * Math.log(9), 9), 1e-9);
        assertEquals(0.5, LoraErrorRate.success(-12, 3, 9), 1e-6);
        assertEquals(0.841, LoraErrorRate.success(-12 + 3, 3, 9), 0.01); // one standard deviation of the normal
        assertEquals(-20, LoraErrorRate.limitDb(12));
    }

    /** Mean delivered share and its tenth percentile in steps of 5 dB, as measured on 300 links of a city. */
    @ParameterizedTest
    @CsvSource({
        "7.5, 0.23, 0.00", "12.5, 0.42, 0.00", "17.5, 0.52, 0.11", "22.5, 0.70, 0.20", "27.5, 0.83, 0.59",
        "32.5, 0.80, 0.57", "37.5, 0.85, 0.55", "42.5, 0.94, 0.87", "47.5, 0.96, 0.86", "55, 0.95, 0.86"
    })
    void urban_links_are_as_measured(double snrDb, double mean, double tenth) {
        double sum = 0;
        double weights = 0;
        for (double z = -4; z <= 4; z += 0.1) {
            weights += Math.exp(-z * z / 2);
            sum += Math.exp(-z * z / 2) * UrbanLinks.delivery(snrDb, z);
        }

        assertEquals(mean, sum / weights, 0.08);
        assertEquals(tenth, UrbanLinks.delivery(snrDb, -1.2816), 0.25);
    }
}
