package io.thicket.sim.scenario.ns3;

import io.thicket.routing.table.SplitMix64;

/** SplitMix64, which the scenarios are defined by, so that any other program can draw the same. */
final class Draws {
    private static final double UNIT = 0x1p-53;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    static Draws places(long seed) {
        return new Draws(seed * 4);
    }

    static Draws traffic(long seed) {
        return new Draws(seed * 4 + 1);
    }

    static Draws failures(long seed) {
        return new Draws(seed * 4 + 2);
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        return SplitMix64.mix(state);
    }

    double real(double low, double high) {
        return low + (high - low) * ((next() >>> 11) * UNIT);
    }

    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** {@code count} of {@code items}, drawn without putting back; the order is that of drawing. */
    void drawFirst(int[] items, int count) {
        for (int i = 0; i < count; i++) {
            drawOne(items, i);
        }
    }

    /** Exchanges item {@code i} with one drawn from it and those behind it. */
    void drawOne(int[] items, int i) {
        int j = i + below(items.length - i);
        int drawn = items[j];
        items[j] = items[i];
        items[i] = drawn;
    }
}
