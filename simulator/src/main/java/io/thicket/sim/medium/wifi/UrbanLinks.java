package io.thicket.sim.medium.wifi;

/**
 * What 300 ad-hoc Wi-Fi links of a city's rooftop mesh delivered of broadcast hellos, by SNR: far less than white noise explains,
 * because all kinds of others send there, too. Each link lies somewhere around the mean curve, and stays there.
 */
public final class UrbanLinks {
    /** At this SNR a link of the mean kind delivers half. */
    private static final double HALF_DB = 15.5;

    /** Of one link. Over links of all kinds it is a logistic curve of 9.5 dB, which is what was fitted. */
    private static final double SCALE_DB = 7;

    /** Standard deviation of links around the mean one, from the tenth percentiles of what was measured. */
    private static final double SPREAD_DB = 10;

    /** Kinds that are averaged over: so many standard deviations either way, in so many steps each. */
    private static final int SIGMAS = 6;

    private static final int STEPS = 100;

    private UrbanLinks() {}

    /**
     * Share of frames that a link delivers.
     *
     * @param z what kind of a link it is, standard normal
     */
    public static double delivery(double snrDb, double z) {
        return 1 / (1 + StrictMath.exp(-(snrDb - HALF_DB + z * SPREAD_DB) / SCALE_DB));
    }

    /**
     * SNR in dB at the edge of a disk that has as many nodes in it as there are links, of all kinds, that deliver half: good kinds reach so much farther that this is
     * less than what a link of the mean kind needs.
     *
     * @param exponent power falls with this power of the distance
     * @param leastDb below it nothing is received, however good the link
     */
    public static double halfSnrDb(double exponent, double leastDb) {
        // An area is the distance squared, and 10 x exponent dB are ten times the distance.
        double perDb = StrictMath.log(10) / (5 * exponent);
        double area = 0;
        double weights = 0;
        for (int i = -SIGMAS * STEPS; i <= SIGMAS * STEPS; i++) {
            double z = (double) i / STEPS;
            double weight = StrictMath.exp(-z * z / 2);
            double halfDb = Math.max(leastDb, HALF_DB - z * SPREAD_DB);
            area += weight * StrictMath.exp(-perDb * halfDb);
            weights += weight;
        }
        return -StrictMath.log(area / weights) / perDb;
    }
}
