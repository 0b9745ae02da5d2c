package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What links share whose ends are near each other: they go through the same walls. Of what a fit with offsets of nodes leaves over, two links (i, j) and (k, l) have the
 * correlation {@code share (e(i,k) e(j,l) + e(i,l) e(j,k)) / c} with {@code e = exp(-distance / L)} and {@code c} such that a link has 1 with itself; the rest is of each link
 * alone. Agrawal and Patwari (2009) measured that such links are alike.
 *
 * <p>A link is expected to be what the 32 that resemble it most let expect (simple kriging); {@code share} and {@code L} are those by which each link is the most likely given
 * these others (Sundararajan and Keerthi 2001), so that the cost grows with the number of links and not with its third power.
 */
public final class LinkShadowing {
    /** So many links are asked for one. */
    private static final int NEAREST = 32;

    /** So many links at most judge share and L, evenly among all. */
    private static final int MAX_JUDGES = 1_000;

    /** L is looked for from the widest distance of two nodes downwards, in half octaves. */
    private static final int DISTANCES = 14;

    private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};

    /** Share and L. */
    private static final int PARAMETERS = 2;

    /** So much more likely, as minus twice a logarithm, must links be that are alike: two parameters more (Akaike 1974). */
    private static final double LEAST_GAIN = 4;

    private final NodeOffsetFit offsets;
    private final Neighbourhood links;
    private final double[] restDb;
    private final double share;
    private final double decorrelationM;
    private final double free;
    private final double s2;
    private final Neighbourhood.Likeness likeness;

    private LinkShadowing(NodeOffsetFit offsets, Neighbourhood links, double[] restDb, Candidate found) {
        this.offsets = offsets;
        this.links = links;
        this.restDb = restDb;
        share = found.share();
        decorrelationM = found.decorrelationM();
        // What is left over of links whose nodes have an offset of their own is less than what they had.
        free = Math.max(1, offsets.free() - PARAMETERS);
        s2 = found.s2() * Math.max(1, restDb.length / free);
        likeness = links.likeness(decorrelationM);
    }

    /** One choice, with the variance that suits it and minus twice the logarithm of how likely it is, but for a constant. */
    private record Candidate(double share, double decorrelationM, double s2, double deviance) {}

    /** A link given those that resemble it: mean in dB, and variance as a share of that of all. */
    private record Given(double meanDb, double variance) {}

    /** What the links have in common beside {@code offsets}, or nothing: where a place is not known, or no two links are alike. */
    public static Optional<LinkShadowing> of(NodeOffsetFit offsets, Map<String, Place> places) {
        if (!places.keySet().containsAll(offsets.names())) {
            return Optional.empty();
        }
        Neighbourhood links = neighbourhood(offsets, places);
        double[] rest = restDb(offsets);
        return best(links, rest).map(found -> new LinkShadowing(offsets, links, rest, found));
    }

    /** With a law that is given, and a variance of 1 dB2 before it is made larger for what line and offsets use up. */
    static LinkShadowing given(NodeOffsetFit offsets, Map<String, Place> places, double share, double decorrelationM) {
        return new LinkShadowing(
                offsets, neighbourhood(offsets, places), restDb(offsets), new Candidate(share, decorrelationM, 1, 0));
    }

    private static Neighbourhood neighbourhood(NodeOffsetFit offsets, Map<String, Place> places) {
        List<Place> its = offsets.names().stream()
                .map(node -> Objects.requireNonNull(places.get(node)))
                .toList();
        return new Neighbourhood(its, offsets.observations(), NEAREST);
    }

    private static double[] restDb(NodeOffsetFit offsets) {
        return offsets.observations().stream().mapToDouble(offsets::restDb).toArray();
    }

    private static Optional<Candidate> best(Neighbourhood links, double[] rest) {
        double widest = links.widestM();
        double squares = 0;
        for (double db : rest) {
            squares += db * db;
        }
        if (widest <= 0 || squares <= 0) {
            return Optional.empty();
        }
        int step = Math.max(1, (rest.length + MAX_JUDGES - 1) / MAX_JUDGES);
        List<Neighbourhood.Near> judges = new ArrayList<>();
        double alone = 0;
        for (int link = 0; link < rest.length; link += step) {
            judges.add(links.near(link));
            alone += rest[link] * rest[link];
        }
        Candidate best =
                new Candidate(0, 0, alone / judges.size(), judges.size() * StrictMath.log(alone / judges.size()));
        double unlike = best.deviance();
        for (int i = 0; i < DISTANCES; i++) {
            double distance = widest * StrictMath.pow(2, -i / 2.0);
            Neighbourhood.Likeness likeness = links.likeness(distance);
            double[][][] alike = judges.stream().map(likeness::of).toArray(double[][][]::new);
            for (double share : SHARES) {
                double s2 = 0;
                double deviance = 0;
                for (int judge = 0; judge < alike.length; judge++) {
                    Given given = given(judges.get(judge), alike[judge], share, rest);
                    double off = rest[judge * step] - given.meanDb();
                    s2 += off * off / given.variance() / alike.length;
                    deviance += StrictMath.log(given.variance());
                }
                deviance += alike.length * StrictMath.log(s2);
                if (deviance < best.deviance()) {
                    best = new Candidate(share, distance, s2, deviance);
                }
            }
        }
        return unlike - best.deviance() > LEAST_GAIN ? Optional.of(best) : Optional.empty();
    }

    private static Given given(Neighbourhood.Near near, double[][] alike, double share, double[] restDb) {
        int n = near.links().length;
        double[][] covariance = new double[n][];
        double[] its = new double[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            covariance[i] = new double[n];
            for (int j = 0; j < i; j++) {
                covariance[i][j] = share * alike[i][j];
            }
            covariance[i][i] = 1;
            its[i] = share * alike[n][i];
            values[i] = restDb[near.links()[i]];
        }
        Cholesky factor = new Cholesky(covariance);
        double[] half = factor.forward(its);
        return new Given(Cholesky.dot(half, factor.forward(values)), 1 - Cholesky.dot(half, half));
    }

    /** How many observations are worth one each beside line, offsets, share and L. */
    double free() {
        return free;
    }

    /** The share of the variance that links with near ends have in common, 0 to 1. */
    public double share() {
        return share;
    }

    /** L, in metres: links of which one end is so far from the other's, and one at the same place, are alike by {@code share / e}. */
    public double decorrelationM() {
        return decorrelationM;
    }

    /** Standard deviation of what distance and offsets leave over of a link of which nothing else is known. */
    public double sigmaDb() {
        return Math.sqrt(s2);
    }

    /** A link of two nodes, which may be new ones; {@code distanceM > 0}. */
    public NodeOffsetFit.Prediction predict(String from, Place fromPlace, String to, Place toPlace, double distanceM) {
        NodeOffsetFit.Prediction without = offsets.predict(from, fromPlace, to, toPlace, distanceM);
        Neighbourhood.Near near = links.near(fromPlace, toPlace);
        Given given = given(near, likeness.of(near), share, restDb);
        double ofLine = without.errorDb() * without.errorDb() - offsets.sigmaDb() * offsets.sigmaDb();
        return new NodeOffsetFit.Prediction(
                without.rssiDbm() + given.meanDb(), Math.sqrt(Math.max(0, ofLine) + s2 * given.variance()));
    }
}
