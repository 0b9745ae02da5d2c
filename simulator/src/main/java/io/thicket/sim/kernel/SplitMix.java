package io.thicket.sim.kernel;

import io.thicket.routing.table.SplitMix64;
import java.util.random.RandomGenerator;

/**
 * SplitMix64: draws what {@link java.util.SplittableRandom} of the same seed does, in 24 bytes where that takes 48, because each node
 * of a simulation has several.
 */
final class SplitMix implements RandomGenerator {
    /** The golden ratio's step, which the JDK's generators that are not split have, too. */
    static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Also of {@link SplitMixes}. */
    long state;

    SplitMix(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return SplitMix64.mix(state);
    }

    @Override
    public int nextInt() {
        state += GOLDEN;
        long z = (state ^ (state >>> 33)) * 0x62a9d9ed799705f5L;
        return (int) (((z ^ (z >>> 28)) * 0xcb24d0a5c88c35b3L) >>> 32);
    }
}
