package io.thicket.sim.medium.wifi;

/**
 * What reaches a receiver. Powers in mW.
 *
 * @param name for people
 * @param twoRay whether power falls with the distance as over flat ground; else it is 1 up to 250 m and nothing beyond
 * @param decode least power of a frame that can be read
 * @param sense least power that makes the medium busy; weaker frames do not exist for the receiver
 * @param noise at the receiver
 * @param reception what interference does
 * @param phy what the access to the medium counts with
 */
public record Radio(
        String name, boolean twoRay, double decode, double sense, double noise, Reception reception, Phy phy) {
    /** 250 m, all or nothing: carrier sense ends there too, all are equally strong and overlap destroys all. */
    public static final Radio RANGE = new Radio("range", false, 1, 1, 0, Reception.TEN_DB);

    /**
     * The radio of the CMU papers: two-ray ground at 914 MHz, 24.5 dBm, antennas at 1.5 m; decoded from -64.4 dBm (250 m),
     * sensed from -78.1 dBm (550 m); SINR by piece with the DQPSK error rate, as in the ns-3 rows it stands beside.
     */
    public static final Radio CMU = new Radio("cmu", true, mw(-64.4), mw(-78.1), mw(-93.5522786), Reception.DQPSK);

    /** The same with ns-2's plain capture threshold of 10 dB, which is harder. */
    public static final Radio CMU_10DB = new Radio("cmu10", true, CMU.decode, CMU.sense, CMU.noise, Reception.TEN_DB);

    private static final double RANGE_M = 250;

    private static final double SPEED_OF_LIGHT = 299_792_458;
    private static final double FREQUENCY_HZ = 914e6;

    /** Of {@link #twoRayGround}. */
    public static final double TX_DBM = 24.5;

    private static final double ANTENNA_M = 1.5;

    /** Of 802.11b at 2 Mb/s. */
    public Radio(String name, boolean twoRay, double decode, double sense, double noise, Reception reception) {
        this(name, twoRay, decode, sense, noise, reception, Phy.DSSS);
    }

    /** The same with another access to the medium, and another curve of errors under interference. */
    public Radio with(Phy newPhy, Reception newReception) {
        return new Radio(name, twoRay, decode, sense, noise, newReception, newPhy);
    }

    /** The radio of that name. */
    public static Radio named(String name) {
        return switch (name) {
            case "range" -> RANGE;
            case "cmu" -> CMU;
            case "cmu10" -> CMU_10DB;
            default -> throw new IllegalArgumentException("a radio is range, cmu or cmu10, not '" + name + "'");
        };
    }

    /** Power at a distance, given as its square in m^2; 0 below {@link #sense}. */
    public double power(double squaredM) {
        if (!twoRay) {
            return squaredM <= RANGE_M * RANGE_M ? 1 : 0;
        }
        double power = twoRayGround(squaredM);
        return power >= sense ? power : 0;
    }

    /** Power of {@link #CMU}'s transmitter: Friis up to the cross-over distance, then the fourth power of the distance. */
    public static double twoRayGround(double squaredM) {
        double lambda = SPEED_OF_LIGHT / FREQUENCY_HZ;
        double crossover = 4 * StrictMath.PI * ANTENNA_M * ANTENNA_M / lambda;
        double tx = mw(TX_DBM);
        if (squaredM <= crossover * crossover) {
            double ratio = lambda / (4 * StrictMath.PI);
            return tx * ratio * ratio / Math.max(squaredM, 1e-4);
        }
        double heights = ANTENNA_M * ANTENNA_M;
        return tx * heights * heights / (squaredM * squaredM);
    }

    static double mw(double dbm) {
        return StrictMath.pow(10, dbm / 10);
    }
}
