package io.thicket.sim.scenario.file;

import io.thicket.sim.medium.wifi.UrbanLinks;

/**
 * The radio. Powers in dBm, losses of the path in dB, distances in m.
 *
 * @param model how power falls with the distance
 * @param rangeM of {@link Model#RANGE}
 * @param exponent of {@link Model#LOG_DISTANCE}: power falls with this power of the distance
 * @param referenceLossDb its loss at 1 m
 * @param shadowingDb standard deviation of what obstacles add to each link, the same both ways
 * @param shadowingWidthM where an end of a link is so far from another's they are alike by 1/e; 0: no two links are
 * @param shadowingAlike share of the variance of shadowing that is alike
 * @param asymmetryDb standard deviation of what differs between the two directions
 * @param nodeOffsetDb standard deviation of what each node's place adds to all its links
 * @param nodeOffsetWidthM distance at which two places are alike by 1/e; 0: no two are
 * @param txDbm transmitted
 * @param noiseDbm at each receiver
 * @param loss share of receptions that the scenario lets fail beside all else
 * @param datagramLoss share of frames lost between MAC and node, where nobody repeats them
 * @param phy how frames are sent
 * @param sinr whether interference is weighed piece by piece with the error rate of the {@code phy}, or by a plain 10 dB threshold
 * @param guessed whether the model or the phy only stands for one that could not be read; of a scenario without problems they never do
 */
public record RadioPlan(
        Model model,
        double rangeM,
        double exponent,
        double referenceLossDb,
        double shadowingDb,
        double shadowingWidthM,
        double shadowingAlike,
        double asymmetryDb,
        double nodeOffsetDb,
        double nodeOffsetWidthM,
        double txDbm,
        double noiseDbm,
        double loss,
        double datagramLoss,
        PhyPlan phy,
        boolean sinr,
        boolean guessed) {
    /** From here on frames of 100 bytes mostly arrive at 2 Mb/s: 3 dB above where an ideal receiver loses one in ten. */
    public static final double USABLE_SNR_DB = 3.2;

    /** The least that a node may send with, in dBm. */
    public static final int LEAST_TX_DBM = -30;

    /** The most that a node may send with, in dBm. */
    public static final int MOST_TX_DBM = 40;

    /** How a signal gets from one node to another. */
    public enum Model {
        /** A disk: everything within, nothing beyond; overlapping frames destroy each other. */
        RANGE,
        /** Log-distance path loss with shadowing. */
        LOG_DISTANCE,
        /** Two-ray ground with the radio of the CMU papers: 250 m, sensed to 550 m. */
        TWO_RAY,
        /** A table of links; distance does not matter. */
        LINKS,
        /** Log-distance path loss, and links as they were measured among rooftops, where all kinds of others send, too. */
        URBAN
    }

    /**
     * The distance that a frame can be read at without shadowing, in m; of {@link Model#URBAN}, whose links are of all kinds, that within which there are as many
     * nodes as deliver half or more.
     */
    public double reachM() {
        return switch (model) {
            case RANGE, LINKS -> rangeM;
            case TWO_RAY -> phy.kind() == PhyPlan.Kind.LORA ? twoRayReachM() : TWO_RAY_REACH_M;
            case LOG_DISTANCE, URBAN -> {
                double marginDb = txDbm - referenceLossDb - noiseDbm - usableSnrDb(model, exponent, phy);
                yield StrictMath.pow(10, marginDb / (10 * exponent));
            }
        };
    }

    /**
     * SNR in dB from which a link of this model is good enough to be counted as one.
     *
     * @param exponent of path loss, which says how much farther good links of {@link Model#URBAN} reach than others
     */
    public static double usableSnrDb(Model model, double exponent, PhyPlan phy) {
        return model == Model.URBAN ? UrbanLinks.halfSnrDb(exponent, phy.sensedSnrDb()) : phy.usableSnrDb();
    }

    /** Beyond the cross-over distance: the loss is 40 lg d less the gain of two antennas at 1.5 m. */
    private double twoRayReachM() {
        double marginDb = txDbm - noiseDbm - phy.usableSnrDb();
        return StrictMath.pow(10, (marginDb + 40 * StrictMath.log10(1.5)) / 40);
    }

    private static final double TWO_RAY_REACH_M = 250;
}
