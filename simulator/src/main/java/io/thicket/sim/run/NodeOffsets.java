package io.thicket.sim.run;

import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import java.util.random.RandomGenerator;

/**
 * What the place of a node adds to all its links, in dB: antenna, corner, cupboard. Drawn once, for where the node stands at first; it does not change when it moves.
 *
 * <p>Places that are alike are a field of waves with random directions and lengths (Rahimi and Recht 2007): its correlation over a distance d is exp(-d / width). What a
 * node gets depends on its place or number alone, so that a node more changes no other's.
 */
final class NodeOffsets {
    /** The field's correlation is off by some 1 / sqrt of these. */
    private static final int WAVES = 400;

    private final double[] offsetsDb;

    private NodeOffsets(double[] offsetsDb) {
        this.offsetsDb = offsetsDb;
    }

    /**
     * Of all nodes that have a place.
     *
     * @param deviationDb standard deviation; without any, all are 0
     * @param widthM distance at which two places are alike by 1/e; 0: no two are
     */
    static NodeOffsets draw(double deviationDb, double widthM, Positions positions, Seeds seeds) {
        int nodes = positions.nodes();
        double[] offsetsDb = new double[nodes];
        if (deviationDb > 0 && widthM > 0) {
            RandomGenerator random = seeds.generator("node-offset-field");
            for (int wave = 0; wave < WAVES; wave++) {
                double[] k = wave(random, widthM);
                double phase = 2 * StrictMath.PI * random.nextDouble();
                double height = deviationDb * StrictMath.sqrt(2.0 / WAVES);
                for (int node = 0; node < nodes; node++) {
                    offsetsDb[node] +=
                            height * StrictMath.cos(k[0] * positions.x(node, 0) + k[1] * positions.y(node, 0) + phase);
                }
            }
        } else if (deviationDb > 0) {
            for (int node = 0; node < nodes; node++) {
                offsetsDb[node] = deviationDb * Normal.draw(seeds.generator("node-offset", node));
            }
        }
        return new NodeOffsets(offsetsDb);
    }

    /** What a wave turns by, in x and in y, per metre: drawn from the spectrum of exp(-d / width) in the plane. */
    static double[] wave(RandomGenerator random, double widthM) {
        // Of all waves, a share of 1 - 1 / sqrt(1 + (k width)^2) is longer than 2 pi / k.
        double shorter = 1 - random.nextDouble();
        double k = StrictMath.sqrt(1 / (shorter * shorter) - 1) / widthM;
        double direction = 2 * StrictMath.PI * random.nextDouble();
        return new double[] {k * StrictMath.cos(direction), k * StrictMath.sin(direction)};
    }

    /** Of both ends of a link together. */
    double db(int one, int other) {
        return offsetsDb[one] + offsetsDb[other];
    }

    /** No link has more; not below 0. */
    double mostDb() {
        double most = 0;
        for (double offsetDb : offsetsDb) {
            most = Math.max(most, offsetDb);
        }
        return 2 * most;
    }
}
