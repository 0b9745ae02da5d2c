package io.thicket.sim.console;

/** How fast simulated time goes by, from where the speed was set. */
final class Pace {
    private double factor = Double.POSITIVE_INFINITY;
    private long fromUs;
    private long fromNs;

    /** From now on so many simulated seconds a second; infinite for as fast as it goes. */
    void set(double newFactor, long nowUs) {
        factor = newFactor;
        fromUs = nowUs;
        fromNs = System.nanoTime();
    }

    /** How long to wait before the simulation may be at that time. */
    long waitMs(long simulatedUs) {
        if (Double.isInfinite(factor)) {
            return 0;
        }
        long dueNs = fromNs + (long) ((simulatedUs - fromUs) * 1_000 / factor);
        return Math.max(0, (dueNs - System.nanoTime()) / 1_000_000);
    }
}
