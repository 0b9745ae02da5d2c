package io.thicket.sim.run;

import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What stands between two nodes, the same both ways: of mean 0 and standard deviation 1. A share of its variance is alike for links whose ends are near each other, which go
 * through the same walls, by exp(-(d1 + d2) / width), d1 and d2 the distances of the ends (Agrawal and Patwari 2009 measured that they are); the rest is of each link
 * alone. Drawn for where nodes stand at first.
 *
 * <p>What is alike is a field over pairs of places: waves with random directions and lengths of both, as those of {@link NodeOffsets}, in the sum of both orders. A node more changes no other link.
 */
final class Shadowing {
    /** The field's correlation is off by some 1 / sqrt of these. */
    private static final int WAVES = 200;

    private final double alike;
    private final double widthM;
    private final Positions positions;
    private final Seeds seeds;

    /** Of a node that was asked for: cosine and sine of each wave there as the first end, then as the second. */
    private final double[] @Nullable [] ends;

    private final double[][] waves;

    /**
     * For nodes with places.
     *
     * @param widthM where an end is so far away a link is alike by 1/e; 0: no two are
     * @param share of the variance that is alike, 0 to 1
     */
    Shadowing(double widthM, double share, Positions positions, Seeds seeds) {
        this.alike = widthM > 0 ? share : 0;
        this.widthM = widthM;
        this.positions = positions;
        this.seeds = seeds;
        boolean any = alike > 0;
        ends = new double[any ? positions.nodes() : 0][];
        waves = any ? waves(seeds.generator("shadow-field"), widthM) : new double[0][];
    }

    /** A row (kx, ky, phase, kx, ky, 0) for each: of the first end and of the second. */
    private static double[][] waves(RandomGenerator random, double widthM) {
        double[][] waves = new double[WAVES][];
        for (int wave = 0; wave < WAVES; wave++) {
            double[] one = NodeOffsets.wave(random, widthM);
            double[] other = NodeOffsets.wave(random, widthM);
            waves[wave] = new double[] {one[0], one[1], 2 * StrictMath.PI * random.nextDouble(), other[0], other[1], 0};
        }
        return waves;
    }

    /** Of the link between two nodes, in standard deviations; not beyond {@link Normal#LUCKIEST}. */
    double of(int one, int other) {
        int low = Math.min(one, other);
        int high = Math.max(one, other);
        double own = Normal.draw(seeds.generator("shadow", (long) low << 32 | high));
        if (alike == 0) {
            return own;
        }
        double both = Math.sqrt(alike) * field(low, high) + Math.sqrt(1 - alike) * own;
        return Math.max(-Normal.LUCKIEST, Math.min(Normal.LUCKIEST, both));
    }

    private double field(int one, int other) {
        double[] a = end(one);
        double[] b = end(other);
        double sum = 0;
        for (int i = 0; i < a.length; i += 4) {
            // cos(u + v) of the waves from one to the other, and back.
            sum += a[i] * b[i + 2] - a[i + 1] * b[i + 3] + b[i] * a[i + 2] - b[i + 1] * a[i + 3];
        }
        double dx = positions.x(one, 0) - positions.x(other, 0);
        double dy = positions.y(one, 0) - positions.y(other, 0);
        double near = StrictMath.exp(-2 * Math.sqrt(dx * dx + dy * dy) / widthM);
        return sum / Math.sqrt(WAVES * (1 + near));
    }

    private double[] end(int node) {
        double[] known = ends[node];
        if (known != null) {
            return known;
        }
        double x = positions.x(node, 0);
        double y = positions.y(node, 0);
        double[] its = new double[4 * WAVES];
        for (int wave = 0; wave < WAVES; wave++) {
            for (int end = 0; end < 2; end++) {
                double[] k = waves[wave];
                double angle = k[3 * end] * x + k[3 * end + 1] * y + k[3 * end + 2];
                its[4 * wave + 2 * end] = StrictMath.cos(angle);
                its[4 * wave + 2 * end + 1] = StrictMath.sin(angle);
            }
        }
        ends[node] = its;
        return its;
    }
}
