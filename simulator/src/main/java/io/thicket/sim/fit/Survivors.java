package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks for signs that a table lists only the links that work, so that a fit makes the radio look better than it is. */
final class Survivors {
    /** Below it, fewer of the far pairs than of the near ones are in the table. */
    private static final double FAR_TO_NEAR = 0.9;

    /** The share of all pairs in a table that hides none. */
    private static final double COMPLETE = 0.95;

    /** A link that delivers less than that counts as one that does not work. */
    private static final double DEAD = 0.05;

    private static final int MANY_ROWS = 30;

    /** An exponent below that of a wave guide. */
    private static final double LEAST_EXPONENT = 1.2;

    private static final double LEAST_EXPLAINED = 0.2;

    private Survivors() {}

    /** Whether the power depends on the distance in any way that a model could use. */
    static boolean isLaw(PathLossFit loss) {
        return loss.exponent() >= LEAST_EXPONENT && loss.explained() >= LEAST_EXPLAINED;
    }

    /** What a user of the fit should know. */
    static List<String> warnings(MeasuredLinks links, PathLossFit loss) {
        List<String> warnings = new ArrayList<>();
        boolean complete = coverage(links, warnings);
        long measured = links.rows().stream()
                .filter(row -> !Double.isNaN(row.delivered()))
                .count();
        long dead = links.rows().stream().filter(row -> row.delivered() < DEAD).count();
        if (!complete && measured >= MANY_ROWS && dead == 0) {
            warnings.add(
                    "no row delivers less than " + DEAD
                            + ": the table seems to list only links that work (survivor bias); exponent and shadowing come out too small");
        }
        if (!isLaw(loss)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "distance explains %.0f %% of the differences, with an exponent of %.2f: this is no usable law. Use the measured"
                            + " links themselves ([radio] model = \"links\")",
                    100 * loss.explained(),
                    loss.exponent()));
        }
        return warnings;
    }

    /** Of all pairs of places, are the far ones as often in the table as the near ones? Whether nearly all are there. */
    private static boolean coverage(MeasuredLinks links, List<String> warnings) {
        List<Double> pairs = links.pairDistancesM();
        if (pairs.size() < MANY_ROWS) {
            if (links.places().isEmpty()) {
                warnings.add(
                        "without places (--nodes) nobody can tell which pairs are missing, so that survivor bias may go unseen");
            }
            return false;
        }
        double median = pairs.get(pairs.size() / 2);
        Set<String> seen = new HashSet<>();
        int near = 0;
        int far = 0;
        for (Row row : links.rows()) {
            boolean first = row.from().compareTo(row.to()) < 0;
            String pair = first ? row.from() + "\n" + row.to() : row.to() + "\n" + row.from();
            // A link whose signal is known is in the fit, even if none of its frames arrives.
            if (!Double.isNaN(row.distanceM()) && !Double.isNaN(row.rssiDbm()) && seen.add(pair)) {
                near += row.distanceM() < median ? 1 : 0;
                far += row.distanceM() < median ? 0 : 1;
            }
        }
        double nearShare = near / (pairs.size() / 2.0);
        double farShare = far / (pairs.size() / 2.0);
        if (farShare < FAR_TO_NEAR * nearShare) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "of the pairs closer than %.0f m %.0f %% are in the table, of the others %.0f %%: those that are missing were"
                            + " probably too weak (survivor bias); exponent and shadowing come out too small",
                    median,
                    100 * nearShare,
                    100 * farShare));
        }
        return farShare >= COMPLETE && nearShare >= COMPLETE;
    }
}
