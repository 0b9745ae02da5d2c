package io.thicket.sim.medium.wifi;

import java.util.Map;

/**
 * Bits of 802.11's OFDM rates at 20 MHz in white noise: the union bound of the convolutional code, as in ns-3's NIST model. SNR is
 * linear, that of the whole channel.
 */
public final class OfdmErrorRate {
    private static final Code HALF = new Code(0.5, new int[] {10, 12, 14, 16, 18, 20, 22, 24, 26}, new double[] {
        36, 211, 1404, 11633, 77433, 502690, 3322763, 21292910, 134365911
    });
    private static final Code TWO_THIRDS = new Code(0.25, new int[] {6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, new double[] {
        3, 70, 285, 1276, 6160, 27128, 117019, 498860, 2103891, 8784123
    });
    private static final Code THREE_QUARTERS =
            new Code(1.0 / 6, new int[] {5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, new double[] {
                42, 201, 1492, 10469, 62935, 379644, 2253373, 13073811, 75152755, 428005675
            });

    private static final Map<Integer, OfdmErrorRate> RATES = Map.of(
            6, new OfdmErrorRate(Modulation.BPSK, HALF),
            9, new OfdmErrorRate(Modulation.BPSK, THREE_QUARTERS),
            12, new OfdmErrorRate(Modulation.QPSK, HALF),
            18, new OfdmErrorRate(Modulation.QPSK, THREE_QUARTERS),
            24, new OfdmErrorRate(Modulation.QAM16, HALF),
            36, new OfdmErrorRate(Modulation.QAM16, THREE_QUARTERS),
            48, new OfdmErrorRate(Modulation.QAM64, TWO_THIRDS),
            54, new OfdmErrorRate(Modulation.QAM64, THREE_QUARTERS));

    /** Bit errors of a constellation: {@code share * erfc(sqrt(snr / scale))}. */
    private enum Modulation {
        BPSK(0.5, 1),
        QPSK(0.5, 2),
        QAM16(3.0 / 8, 10),
        QAM64(7.0 / 24, 42);

        final double share;
        final double scale;

        Modulation(double share, double scale) {
            this.share = share;
            this.scale = scale;
        }
    }

    /** Wrong paths of a punctured code: how many bits are wrong on all those of a distance. */
    @SuppressWarnings("ArrayRecordComponent") // Constants that nobody compares.
    private record Code(double factor, int[] distances, double[] weights) {}

    private final Modulation modulation;
    private final Code code;

    private OfdmErrorRate(Modulation modulation, Code code) {
        this.modulation = modulation;
        this.code = code;
    }

    /** Of one of the eight rates, in Mb/s. */
    public static OfdmErrorRate of(int mbps) {
        OfdmErrorRate rate = RATES.get(mbps);
        if (rate == null) {
            throw new IllegalArgumentException("OFDM has 6, 9, 12, 18, 24, 36, 48 and 54 Mb/s, not " + mbps);
        }
        return rate;
    }

    /** Probability that a decoded bit is wrong, 0 to 1. */
    public double bitErrorRate(double snr) {
        double raw = modulation.share * erfc(StrictMath.sqrt(Math.max(0, snr) / modulation.scale));
        double d = StrictMath.sqrt(4 * raw * (1 - raw));
        double sum = 0;
        for (int i = 0; i < code.distances.length; i++) {
            sum += code.weights[i] * StrictMath.pow(d, code.distances[i]);
        }
        return Math.min(1, code.factor * sum);
    }

    /**
     * Complementary error function of x >= 0 to 12 digits: its series up to 2, then the continued fraction
     * (Abramowitz and Stegun 7.1.6 and 7.1.14). StrictMath has none.
     */
    static double erfc(double x) {
        double square = x * x;
        if (x < 2) {
            double term = x;
            double sum = x;
            for (int n = 1; term > 1e-17 * sum; n++) {
                term *= 2 * square / (2 * n + 1);
                sum += term;
            }
            return 1 - 2 / StrictMath.sqrt(StrictMath.PI) * StrictMath.exp(-square) * sum;
        }
        double fraction = 0;
        for (int k = 120; k >= 1; k--) {
            fraction = k / 2.0 / (x + fraction);
        }
        return StrictMath.exp(-square) / StrictMath.sqrt(StrictMath.PI) / (x + fraction);
    }
}
