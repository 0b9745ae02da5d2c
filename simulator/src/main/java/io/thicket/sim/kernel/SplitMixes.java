package io.thicket.sim.kernel;

import java.util.random.RandomGenerator;

/** Many generators of {@link SplitMix}, 8 bytes each: one of each station, say. Each draws what it would draw alone. */
public final class SplitMixes {
    /** Whichever draws just now; nobody else sees it, so that no two can be mistaken. */
    private final SplitMix drawing = new SplitMix(0);

    private final long[] states;

    /** Those of {@code purpose}, with the numbers from 0 on. */
    public SplitMixes(Seeds seeds, String purpose, int count) {
        states = new long[count];
        for (int i = 0; i < count; i++) {
            states[i] = seeds.seed(purpose, i);
        }
    }

    /** What generator {@code which} says to {@link RandomGenerator#nextInt(int)}. */
    public int nextInt(int which, int bound) {
        drawing.state = states[which];
        int drawn = drawing.nextInt(bound);
        states[which] = drawing.state;
        return drawn;
    }

    /** What generator {@code which} says to {@link RandomGenerator#nextDouble()}. */
    public double nextDouble(int which) {
        drawing.state = states[which];
        double drawn = drawing.nextDouble();
        states[which] = drawing.state;
        return drawn;
    }
}
