package io.thicket.sim.medium.wifi;

import java.util.function.DoubleUnaryOperator;

/**
 * How a frame fares under interference: the natural logarithm of the probability that one bit survives, by the ratio of its
 * power to noise and interference, tabulated in steps of a tenth of a decibel.
 */
public final class Reception {
    private static final int STEPS_PER_DB = 10;
    private static final int MIN_DB = -20;
    private static final int MAX_DB = 60;

    /** SINR by piece with the error rate of 2 Mb/s DQPSK, as ns-3 does it: the stronger of two mostly survives. */
    public static final Reception DQPSK = dqpsk();

    /** All or nothing at 10 dB, as ns-2 does it. Equally strong frames destroy each other. */
    public static final Reception TEN_DB = threshold(10);

    /** All or nothing at 6 dB, as LoRaSim does it for frames of one spreading factor. */
    public static final Reception SIX_DB = threshold(6);

    private final double[] lnPerBit;

    private Reception(double[] lnPerBit) {
        this.lnPerBit = lnPerBit;
    }

    /** ln of a bit's survival. {@code wanted} and {@code disturbing} (noise included) in the same unit. */
    public double lnPerBit(double wanted, double disturbing) {
        if (disturbing <= 0) {
            return 0;
        }
        double db = 10 * StrictMath.log10(wanted / disturbing);
        int step = (int) StrictMath.floor((db - MIN_DB) * STEPS_PER_DB + 1e-9);
        return lnPerBit[Math.max(0, Math.min(lnPerBit.length - 1, step))];
    }

    /**
     * What interference takes from a bit that survives the noise alone, which somebody else counts: ln of its survival. A bit that noise alone
     * destroys, as a threshold sees it, is destroyed.
     */
    public double lnPerBit(double wanted, double noise, double disturbing) {
        double all = lnPerBit(wanted, noise + disturbing);
        double alone = lnPerBit(wanted, noise);
        return alone == Double.NEGATIVE_INFINITY ? all : all - alone;
    }

    /** The least ratio of power to noise and interference with which ln of a bit's survival is at least {@code ln}, in steps of the table. */
    double ratioFor(double ln) {
        int step = lnPerBit.length - 1;
        while (step > 0 && lnPerBit[step - 1] >= ln) {
            step--;
        }
        return StrictMath.pow(10, (MIN_DB + (double) step / STEPS_PER_DB) / 10);
    }

    /** The same of a receiver that is {@code db} worse. */
    public Reception worse(double db) {
        int steps = (int) StrictMath.round(db * STEPS_PER_DB);
        double[] table = new double[lnPerBit.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = lnPerBit[Math.max(0, i - steps)];
        }
        return new Reception(table);
    }

    /** SINR by piece with the error rate of an OFDM rate. */
    public static Reception ofdm(int mbps) {
        return of(OfdmErrorRate.of(mbps)::bitErrorRate);
    }

    private static Reception dqpsk() {
        return of(DsssErrorRate::dqpsk);
    }

    private static Reception of(DoubleUnaryOperator bitErrorRate) {
        double[] table = new double[(MAX_DB - MIN_DB) * STEPS_PER_DB + 1];
        for (int i = 0; i < table.length; i++) {
            double snr = StrictMath.pow(10, (MIN_DB + (double) i / STEPS_PER_DB) / 10);
            table[i] = StrictMath.log1p(-bitErrorRate.applyAsDouble(snr));
        }
        return new Reception(table);
    }

    private static Reception threshold(int db) {
        double[] table = new double[(MAX_DB - MIN_DB) * STEPS_PER_DB + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = i >= (db - MIN_DB) * STEPS_PER_DB ? 0 : Double.NEGATIVE_INFINITY;
        }
        return new Reception(table);
    }
}
