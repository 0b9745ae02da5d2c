package io.thicket.drivers.virtual;

import java.util.random.RandomGenerator;

/** Where the values of one virtual quantity come from. */
@FunctionalInterface
public interface ValueSource {
    /** The next value, {@code elapsedMs} after the sensor began; finite. */
    double next(long elapsedMs, RandomGenerator random);

    /** Always the same value. */
    static ValueSource constant(double value) {
        return (elapsedMs, random) -> value;
    }

    /** From {@code from} to {@code to} in {@code periodMs}, then again from the start. */
    static ValueSource ramp(double from, double to, long periodMs) {
        return (elapsedMs, random) -> from + (to - from) * Math.floorMod(elapsedMs, periodMs) / periodMs;
    }

    /** A sine wave around {@code mean}. */
    static ValueSource sine(double mean, double amplitude, long periodMs) {
        return (elapsedMs, random) ->
                mean + amplitude * StrictMath.sin(2 * Math.PI * Math.floorMod(elapsedMs, periodMs) / periodMs);
    }

    /** Begins at {@code start}; each value is at most {@code step} away from the one before and within the limits. */
    static ValueSource randomWalk(double start, double step, double min, double max) {
        return new ValueSource() {
            private double value = Math.max(min, Math.min(max, start));

            @Override
            public double next(long elapsedMs, RandomGenerator random) {
                double now = value;
                double moved = value + step * (2 * random.nextDouble() - 1);
                value = Math.max(min, Math.min(max, moved));
                return now;
            }
        };
    }
}
