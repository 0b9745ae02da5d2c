package io.thicket.sim.scenario.ns3;

/** The generator that the scenarios are defined by, so that any other program can draw the same. */
final class SplitMix64 {
    private static final double UNIT = 0x1p-53;

    private long state;

    private SplitMix64(long state) {
        this.state = state;
    }

    static SplitMix64 places(long seed) {
        return new SplitMix64(seed * 4);
    }

    static SplitMix64 traffic(long seed) {
        return new SplitMix64(seed * 4 + 1);
    }

    static SplitMix64 failures(long seed) {
        return new SplitMix64(seed * 4 + 2);
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
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
