package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure of two sets of runs.
 *
 * @param difference B minus A, with its 95 % interval
 * @param pairing of the runs that have the figure; if these are enough, the differences of pairs were looked at, and all is of them
 * @param p the probability of so large a difference if there is none, NaN if nothing can be said
 * @param adjusted the same for so many figures at once (Holm 1979)
 */
record Comparison(
        String point,
        String figure,
        Estimate a,
        Estimate b,
        Estimate difference,
        Pairing pairing,
        double p,
        double adjusted) {
    static final double LEVEL = 0.05;

    /** Differences that are the same number vary by less than this share of it. */
    private static final double ROUNDING = 1e-9;

    /** Whether it would be no accident. */
    boolean isSignificant() {
        return adjusted < LEVEL;
    }

    /** Whether differences of pairs were looked at. */
    boolean paired() {
        return pairing.isEnough();
    }

    /** Figures of {@code a} and {@code b} at one point; those of {@code names} that both have. */
    static List<Comparison> of(String point, List<RunSet.Run> a, List<RunSet.Run> b, List<String> names) {
        List<Comparison> all = new ArrayList<>();
        boolean apart = haveSeedsOnce(a) && haveSeedsOnce(b);
        for (String name : names) {
            List<Double> left =
                    Figures.column(a.stream().map(RunSet.Run::figures).toList(), name);
            List<Double> right =
                    Figures.column(b.stream().map(RunSet.Run::figures).toList(), name);
            if (left.isEmpty() || right.isEmpty()) {
                continue;
            }
            Map<String, Double> before = bySeed(a, name);
            Map<String, Double> after = bySeed(b, name);
            before.keySet().retainAll(after.keySet());
            Pairing pairing = new Pairing(apart ? before.size() : 0, a.size(), b.size());
            all.add(
                    pairing.isEnough()
                            ? pairs(point, name, pairing, before, after)
                            : welch(point, name, pairing, left, right));
        }
        return all;
    }

    private static boolean haveSeedsOnce(List<RunSet.Run> runs) {
        return runs.stream().map(RunSet.Run::seed).distinct().count() == runs.size();
    }

    /** The figure of each run that has it. */
    private static Map<String, Double> bySeed(List<RunSet.Run> runs, String name) {
        Map<String, Double> values = new LinkedHashMap<>();
        runs.forEach(
                run -> Figures.column(List.of(run.figures()), name).forEach(value -> values.put(run.seed(), value)));
        return values;
    }

    private static Comparison pairs(
            String point, String name, Pairing pairing, Map<String, Double> a, Map<String, Double> b) {
        List<Double> left = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        a.forEach((seed, one) -> {
            double two = b.getOrDefault(seed, Double.NaN); // it has all seeds of a
            left.add(one);
            right.add(two);
            differences.add(two - one);
        });
        Estimate before = Estimate.ofMean(left);
        Estimate after = Estimate.ofMean(right);
        Estimate difference = Estimate.ofMean(differences);
        boolean varies = before.sd() > 0 || after.sd() > 0;
        if (varies && difference.mean() != 0 && difference.sd() <= ROUNDING * Math.abs(difference.mean())) {
            // Student's test would be certain of it. That all signs are the same says less (sign test, two-sided).
            double same = StrictMath.pow(2, 1.0 - difference.n());
            Estimate unknown = new Estimate(difference.n(), difference.mean(), difference.sd(), Double.NaN, Double.NaN);
            return new Comparison(point, name, before, after, unknown, pairing, same, Double.NaN);
        }
        double error = difference.sd() / StrictMath.sqrt(difference.n());
        double p = probability(difference.mean(), error, difference.n() - 1.0);
        return new Comparison(point, name, before, after, difference, pairing, p, Double.NaN);
    }

    /** Welch's test: variances may differ (Welch 1947). */
    private static Comparison welch(String point, String name, Pairing pairing, List<Double> left, List<Double> right) {
        Estimate a = Estimate.ofMean(left);
        Estimate b = Estimate.ofMean(right);
        double mean = b.mean() - a.mean();
        double va = a.sd() * a.sd() / a.n();
        double vb = b.sd() * b.sd() / b.n();
        double error = StrictMath.sqrt(va + vb);
        int n = Math.min(a.n(), b.n());
        double df = error == 0 ? n - 1.0 : (va + vb) * (va + vb) / (va * va / (a.n() - 1) + vb * vb / (b.n() - 1));
        double half = Distribution.t975(Double.isNaN(df) ? 1 : df) * error;
        Estimate difference = new Estimate(n, mean, Double.NaN, mean - half, mean + half);
        return new Comparison(point, name, a, b, difference, pairing, probability(mean, error, df), Double.NaN);
    }

    /** Of single runs nothing can be said; of figures that never vary, that they differ or do not. */
    private static double probability(double mean, double error, double df) {
        if (Double.isNaN(error) || df < 1) {
            return Double.NaN;
        }
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return Distribution.twoSided(Math.abs(mean) / error, df);
    }

    /** The same with probabilities adjusted for their number. */
    static List<Comparison> adjusted(List<Comparison> all) {
        List<Comparison> known = all.stream()
                .filter(each -> !Double.isNaN(each.p))
                .sorted(Comparator.comparingDouble(Comparison::p))
                .toList();
        Map<Comparison, Double> adjusted = new HashMap<>();
        double before = 0;
        for (int i = 0; i < known.size(); i++) {
            before = Math.max(before, Math.min(1, (known.size() - i) * known.get(i).p));
            adjusted.put(known.get(i), before);
        }
        return all.stream()
                .map(each -> new Comparison(
                        each.point,
                        each.figure,
                        each.a,
                        each.b,
                        each.difference,
                        each.pairing,
                        each.p,
                        adjusted.getOrDefault(each, Double.NaN)))
                .toList();
    }
}
