package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas against the check values that were collected for them. */
final class RadioTest {
    private static final double NOISE_DBM = -93.5522786;

    @ParameterizedTest
    @CsvSource({"60, 432", "100, 592", "300, 1392", "1000, 4192", "14, 248"})
    void airtime_at_2_mbps_with_the_long_preamble(int bytes, int us) {
        assertEquals(us, Dcf.airtimeUs(bytes));
    }

    @ParameterizedTest
    @CsvSource({"-99, 0.0003, 0.00005", "-98, 0.202, 0.0005", "-97, 0.813, 0.0005", "-96, 0.984, 0.0005"})
    void success_of_1078_bytes_at_1_mbps(double rssDbm, double success, double tolerance) {
        double errorRate = DsssErrorRate.dbpsk(Radio.mw(rssDbm - NOISE_DBM));

        assertEquals(success, DsssErrorRate.success(errorRate, 8 * 1078), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"-94, 0.036", "-93, 0.519", "-92, 0.915"})
    void success_of_1078_bytes_at_2_mbps(double rssDbm, double success) {
        double errorRate = DsssErrorRate.dqpsk(Radio.mw(rssDbm - NOISE_DBM));

        assertEquals(success, DsssErrorRate.success(errorRate, 8 * 1078), 0.001);
    }

    @ParameterizedTest
    @CsvSource({"-1.0, 0.50", "0.2, 0.90", "1.5, 0.99"})
    void snr_for_the_loss_of_100_bytes_at_2_mbps(double snrDb, double success) {
        assertEquals(success, DsssErrorRate.success(DsssErrorRate.dqpsk(Radio.mw(snrDb)), 800), 0.02);
    }

    @Test
    void the_table_of_the_reception_is_the_formula() {
        double snr = Radio.mw(1.5);

        double perBit = StrictMath.exp(Reception.DQPSK.lnPerBit(snr, 1));

        assertEquals(1 - DsssErrorRate.dqpsk(snr), perBit, 1e-9);
    }

    @Test
    void a_receiver_that_is_3_db_worse_needs_3_db_more() {
        Reception worse = Reception.DQPSK.worse(3);

        for (int db = -10; db <= 20; db++) {
            double ideal = Reception.DQPSK.lnPerBit(Radio.mw(db), 1);
            assertEquals(ideal, worse.lnPerBit(Radio.mw(db + 3), 1), 1e-12, db + " dB");
        }
    }

    /** What noise alone does is drawn with the losses of the link, once. */
    @Test
    void interference_takes_what_noise_has_left() {
        double wanted = Radio.mw(3);
        double all = StrictMath.exp(Reception.DQPSK.lnPerBit(wanted, 1 + 2));
        double noise = StrictMath.exp(Reception.DQPSK.lnPerBit(wanted, 1));

        assertEquals(all / noise, StrictMath.exp(Reception.DQPSK.lnPerBit(wanted, 1, 2)), 1e-12);
        assertEquals(0, Reception.DQPSK.lnPerBit(wanted, 1, 0));
        assertEquals(Double.NEGATIVE_INFINITY, Reception.TEN_DB.lnPerBit(wanted, 1, 2));
    }

    @Test
    void two_ray_ground_decodes_to_250_m_and_senses_to_550_m() {
        assertEquals(-64.4, dbm(Radio.CMU.power(250 * 250)), 0.05);
        assertEquals(-78.1, dbm(Radio.CMU.power(550 * 550)), 0.05);
        assertTrue(Radio.CMU.power(250 * 250) >= Radio.CMU.decode());
        assertTrue(Radio.CMU.power(251 * 251) < Radio.CMU.decode());
        assertTrue(Radio.CMU.power(550 * 550) >= Radio.CMU.sense());
        assertEquals(0, Radio.CMU.power(552 * 552));
    }

    @Test
    void below_the_cross_over_distance_power_falls_with_the_square() {
        assertEquals(6.02, dbm(Radio.twoRayGround(20 * 20)) - dbm(Radio.twoRayGround(40 * 40)), 0.01);
        assertEquals(12.04, dbm(Radio.twoRayGround(100 * 100)) - dbm(Radio.twoRayGround(200 * 200)), 0.01);
    }

    @Test
    void the_range_radio_ends_at_250_m_and_has_no_capture() {
        assertEquals(1, Radio.RANGE.power(250 * 250));
        assertEquals(0, Radio.RANGE.power(250.01 * 250.01));
        assertEquals(Double.NEGATIVE_INFINITY, Radio.RANGE.reception().lnPerBit(1, 1));
        assertEquals(0, Radio.RANGE.reception().lnPerBit(1, 0));
    }

    private static double dbm(double mw) {
        return 10 * StrictMath.log10(mw);
    }
}
