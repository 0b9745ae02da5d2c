package io.thicket.sim.medium.wifi;

/** Bit errors of 802.11b's two lowest rates in white noise, in a 22 MHz channel. SNR is linear. */
public final class DsssErrorRate {
    private static final double BANDWIDTH_HZ = 22e6;
    private static final double SQRT2 = StrictMath.sqrt(2);

    private DsssErrorRate() {}

    /** Bit error rate of 1 Mb/s DBPSK. */
    public static double dbpsk(double snr) {
        return 0.5 * StrictMath.exp(-snr * BANDWIDTH_HZ / 1e6);
    }

    /** Bit error rate of 2 Mb/s DQPSK. */
    public static double dqpsk(double snr) {
        double energyPerBit = snr * BANDWIDTH_HZ / 1e6 / 2;
        if (energyPerBit <= 0) {
            return 0.5;
        }
        double factor = (SQRT2 + 1) / StrictMath.sqrt(8 * StrictMath.PI * SQRT2) / StrictMath.sqrt(energyPerBit);
        return Math.min(0.5, factor * StrictMath.exp(-(2 - SQRT2) * energyPerBit));
    }

    /** Probability that none of {@code bits} bits is wrong. */
    public static double success(double bitErrorRate, int bits) {
        return StrictMath.pow(1 - bitErrorRate, bits);
    }
}
