package io.thicket.sim.fit;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Path loss with an offset of each node, for its antenna and what stands around it, that near nodes share: {@code rssi = at1m - 10 n lg(d) + offset(from) + offset(to) +
 * N(0, sigma)}, offsets N(0, offset) with correlation exp(-distance / L).
 *
 * <p>A mixed model: variances by restricted maximum likelihood, at1m and n by generalised least squares, offsets by best linear unbiased prediction, which at a place where
 * nobody measured is kriging. So it says more of links of other nodes than a line does, as long as these stand among those that were measured.
 */
public final class NodeOffsetFit {
    /** More nodes than these take too long: each step costs their number to the third power. */
    public static final int MAX_NODES = 300;

    /** Fewer nodes than these tell nothing of how nodes differ. */
    public static final int LEAST_NODES = 6;

    /** Fewer pairs for each node tell nothing of its offset. */
    private static final int LEAST_PAIRS_PER_NODE = 2;

    /** L is looked for from the widest distance of two nodes downwards, in half octaves. */
    private static final int DISTANCES = 12;

    private static final double LEAST_RATIO = 1e-4;
    private static final double MOST_RATIO = 1e4;
    private static final int STEPS = 30;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final PairSums sums;
    private final OffsetModel model;
    private final double ratio;
    private final double widestM;
    private final double s2;
    private final double free;
    private final Cholesky equations;
    private final double[] solution;

    /**
     * What a receiver gets on average of both directions.
     *
     * @param rssiDbm the most likely
     * @param errorDb standard deviation of what is measured around it
     */
    public record Prediction(double rssiDbm, double errorDb) {}

    private NodeOffsetFit(PairSums sums, OffsetModel model, double ratio, double widestM) {
        this.sums = sums;
        this.model = model;
        this.ratio = ratio;
        this.widestM = widestM;
        s2 = model.estimate(ratio).s2();
        equations = model.equations(ratio);
        solution = model.solve(equations, ratio);
        double squares = 0;
        for (PairSums.Observation pair : sums.observations()) {
            squares += restDb(pair) * restDb(pair);
        }
        free = squares / s2;
    }

    /**
     * The fit, or nothing: with fewer than 6 nodes or more than 300, with fewer than two pairs for each node, or all at one distance.
     *
     * @param places of nodes; where one is not known, no node is taken for like another
     */
    public static Optional<NodeOffsetFit> of(List<Row> rows, Map<String, Place> places) {
        PairSums sums = PairSums.of(rows);
        int n = sums.nodes().size();
        double spread = sums.pairs() == 0 ? 0 : sums.xx()[1][1] - sums.xx()[0][1] * sums.xx()[0][1] / sums.pairs();
        if (n < LEAST_NODES || n > MAX_NODES || sums.pairs() < LEAST_PAIRS_PER_NODE * n || spread < 1e-9) {
            return Optional.empty();
        }
        List<@Nullable Place> its = new ArrayList<>();
        for (String node : sums.nodes()) {
            its.add(places.get(node));
        }
        double widest = widest(its);
        List<Double> distances = new ArrayList<>(List.of(0.0));
        for (int i = 0; widest > 0 && i < DISTANCES; i++) {
            distances.add(widest * StrictMath.pow(2, -i / 2.0));
        }
        NodeOffsetFit best = null;
        double least = Double.MAX_VALUE;
        for (double distance : distances) {
            OffsetModel model = new OffsetModel(sums, its, distance);
            double ratio = bestRatio(model);
            double deviance = model.estimate(ratio).deviance();
            if (best == null || deviance < least) {
                least = deviance;
                best = new NodeOffsetFit(sums, model, ratio, widest);
            }
        }
        return Optional.ofNullable(best);
    }

    /** With variances that are given: what is left to find are the line and the offsets. */
    static NodeOffsetFit given(List<Row> rows, Map<String, Place> places, double decorrelationM, double ratio) {
        PairSums sums = PairSums.of(rows);
        List<@Nullable Place> its = new ArrayList<>();
        for (String node : sums.nodes()) {
            its.add(places.get(node));
        }
        return new NodeOffsetFit(sums, new OffsetModel(sums, its, decorrelationM), ratio, widest(its));
    }

    /** 0 if the place of one is not known. */
    private static double widest(List<@Nullable Place> places) {
        double widest = 0;
        for (Place one : places) {
            for (Place other : places) {
                if (one == null || other == null) {
                    return 0;
                }
                widest = Math.max(widest, one.distanceM(other));
            }
        }
        return widest;
    }

    /** Golden section over the logarithm. */
    private static double bestRatio(OffsetModel model) {
        double low = StrictMath.log(LEAST_RATIO);
        double high = StrictMath.log(MOST_RATIO);
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double ofLeft = deviance(model, left);
        double ofRight = deviance(model, right);
        for (int i = 0; i < STEPS; i++) {
            if (ofLeft < ofRight) {
                high = right;
                right = left;
                ofRight = ofLeft;
                left = high - GOLDEN * (high - low);
                ofLeft = deviance(model, left);
            } else {
                low = left;
                left = right;
                ofLeft = ofRight;
                right = low + GOLDEN * (high - low);
                ofRight = deviance(model, right);
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    private static double deviance(OffsetModel model, double logRatio) {
        return model.estimate(StrictMath.exp(logRatio)).deviance();
    }

    /** Nodes with an offset. */
    public int nodes() {
        return sums.nodes().size();
    }

    /** Pairs of nodes that were measured, in one direction or both. */
    public int pairs() {
        return sums.pairs();
    }

    public double at1mDbm() {
        return solution[0];
    }

    public double at1mErrorDb() {
        return error(0);
    }

    public double exponent() {
        return -solution[1] / 10;
    }

    public double exponentError() {
        return error(1) / 10;
    }

    /** Standard deviation of the offset of a node. */
    public double offsetDb() {
        return Math.sqrt(s2 * ratio);
    }

    /** L, in metres: where two nodes are alike by 1/e; 0 if none are, or if a place is not known. */
    public double decorrelationM() {
        return model.decorrelationM();
    }

    /** Whether L is as long as the place is wide, so that it may be longer. */
    public boolean isAlikeEverywhere() {
        return widestM > 0 && model.decorrelationM() >= widestM;
    }

    /** Standard deviation of what distance and offsets leave over of the mean of both directions. */
    public double sigmaDb() {
        return Math.sqrt(s2);
    }

    /** The offset of a node, in dB: of one that was measured its own, else what its neighbours let expect, 0 where nothing is known. */
    public double offsetDb(String node, @Nullable Place place) {
        return offsetDb(model.weights(node, place));
    }

    private double offsetDb(double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * solution[i + 2];
        }
        return Math.sqrt(ratio) * sum;
    }

    /** Names of the nodes with an offset, in the order of the rows. */
    List<String> names() {
        return sums.nodes();
    }

    /** The pairs that were measured, each a mean. */
    List<PairSums.Observation> observations() {
        return sums.observations();
    }

    /** What line and offsets leave over of one of {@link #observations()}, dB. */
    double restDb(PairSums.Observation pair) {
        return pair.y() - rssiDbm(model.row(pair.one()), model.row(pair.other()), pair.x());
    }

    private double rssiDbm(double[] from, double[] to, double x) {
        return solution[0] + solution[1] * x + offsetDb(from) + offsetDb(to);
    }

    /** A link of two nodes, which may be new ones; {@code distanceM > 0}. */
    public Prediction predict(
            String from, @Nullable Place fromPlace, String to, @Nullable Place toPlace, double distanceM) {
        double x = StrictMath.log10(distanceM);
        double[] a = model.weights(from, fromPlace);
        double[] b = model.weights(to, toPlace);
        double rssi = rssiDbm(a, b, x);

        double[] found = new double[solution.length]; // what rssi is of (b, v)
        found[0] = 1;
        found[1] = x;
        for (int i = 0; i < a.length; i++) {
            found[i + 2] = Math.sqrt(ratio) * (a[i] + b[i]);
        }
        double[] half = equations.forward(found);
        double unknown = model.unknown(a) + model.unknown(b);
        if (!sums.nodes().contains(from) && !sums.nodes().contains(to)) {
            unknown += 2 * (model.correlation(fromPlace, toPlace) - Cholesky.dot(a, b));
        }
        return new Prediction(rssi, Math.sqrt(s2 * (1 + ratio * Math.max(0, unknown) + Cholesky.dot(half, half))));
    }

    /** How many observations are worth one each beside line and offsets, which fit the others: so much less is left over than there was. */
    double free() {
        return free;
    }

    private double error(int of) {
        double[] unit = new double[solution.length];
        unit[of] = 1;
        double[] half = equations.forward(unit);
        return Math.sqrt(s2 * Cholesky.dot(half, half));
    }
}
