package io.thicket.sim.medium.wifi;

/** Frames of LoRa in white noise. SNR in dB. */
public final class LoraErrorRate {
    /** SNR limits of SF7 to SF12 (Semtech SX1276, table 13). */
    private static final double[] LIMITS_DB = {-7.5, -10, -12.5, -15, -17.5, -20};

    private static final double HALF_DB = 0.5;
    private static final double STEEPNESS_DB = 0.4;

    /** The spread is summed up over so many standard deviations to each side, in steps of a tenth. */
    private static final int SIGMAS = 4;

    private LoraErrorRate() {}

    /** Below this a spreading factor of 7 to 12 cannot be read. */
    public static double limitDb(int spreadingFactor) {
        return LIMITS_DB[spreadingFactor - 7];
    }

    /** Probability that a frame is read. The curve is steep, whatever the frame's length. */
    public static double success(double snrDb, int spreadingFactor) {
        return 1 / (1 + StrictMath.exp(-(snrDb - limitDb(spreadingFactor) - HALF_DB) / STEEPNESS_DB));
    }

    /** The same if the SNR of each frame differs from the mean by so many dB, normally distributed: this makes the grey zone. */
    public static double success(double meanDb, double spreadDb, int spreadingFactor) {
        if (spreadDb <= 0) {
            return success(meanDb, spreadingFactor);
        }
        double sum = 0;
        double weights = 0;
        for (int i = -10 * SIGMAS; i <= 10 * SIGMAS; i++) {
            double z = i / 10.0;
            double weight = StrictMath.exp(-z * z / 2);
            weights += weight;
            sum += weight * success(meanDb + z * spreadDb, spreadingFactor);
        }
        return sum / weights;
    }
}
