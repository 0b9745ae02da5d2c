package io.thicket.sim.kernel;

import java.util.random.RandomGenerator;

/** Normal draws that are the same bits in every JVM: Box-Muller with {@code StrictMath}; two draws of the generator for each. */
public final class Normal {
    /** The draws have 53 bits: beyond the square root of 2 ln 2^53 none ever comes. */
    public static final double LUCKIEST = 8.6;

    private Normal() {}

    /** Mean 0, standard deviation 1. */
    public static double draw(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
