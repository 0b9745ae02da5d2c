package io.thicket.sim.scenario.file;

import java.util.random.RandomGenerator;

/** Normal draws that are the same bits in every JVM: Box-Muller with {@code StrictMath}; two draws of the generator for each. */
final class Normal {
    private Normal() {}

    /** Mean 0, standard deviation 1. */
    static double draw(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
