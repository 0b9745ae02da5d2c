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

    private UrbanLinks() {}

    /**
     * Share of frames that a link delivers.
     *
     * @param z what kind of a link it is, standard normal
     */
    public static double delivery(double snrDb, double z) {
        return 1 / (1 + StrictMath.exp(-(snrDb - HALF_DB + z * SPREAD_DB) / SCALE_DB));
    }
}
