package io.thicket.drivers.proposal;

/** How far from chance something is. */
final class Chance {
    /**
     * What a proposal must have. Some hundred thousand ways of reading are tried, so a hit in a million million is still one false
     * proposal in ten million recordings of noise.
     */
    static final double ENOUGH = 12;

    private Chance() {}

    /**
     * The more there are of {@code hits} in {@code trials}, each with the chance {@code p}, the larger: at most one in ten to that
     * power is as good by chance (Chernoff's bound).
     */
    static double against(long hits, long trials, double p) {
        if (trials == 0 || hits <= p * trials || p >= 1) {
            return 0;
        }
        double share = (double) hits / trials;
        double miss = share == 1 ? 0 : (1 - share) * StrictMath.log((1 - share) / (1 - p));
        return trials * (share * StrictMath.log(share / p) + miss) / StrictMath.log(10);
    }
}
