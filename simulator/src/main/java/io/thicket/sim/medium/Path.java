package io.thicket.sim.medium;

/**
 * How one node hears another (one direction).
 *
 * @param loss probability that a datagram vanishes, 0 to 1
 * @param duplication probability that it arrives twice
 * @param lateness probability that it is late by up to {@code lateUs} more, and so overtaken by later ones
 * @param delayUs least time on the way in microseconds
 * @param jitterUs up to this much more, evenly drawn
 * @param lateUs the most that a late datagram is late
 */
public record Path(double loss, double duplication, double lateness, long delayUs, long jitterUs, long lateUs) {
    /** Longest time on the way in microseconds, per field. */
    public static final long MAX_DELAY_US = 3_600_000_000L;

    /** Nothing is lost; 1 to 3 ms on the way. */
    public static final Path GOOD = new Path(0, 0, 0, 1_000, 2_000, 0);

    public Path {
        requireProbability("loss", loss);
        requireProbability("duplication", duplication);
        requireProbability("lateness", lateness);
        requireTime("delayUs", delayUs);
        requireTime("jitterUs", jitterUs);
        requireTime("lateUs", lateUs);
    }

    public Path withLoss(double newLoss) {
        return new Path(newLoss, duplication, lateness, delayUs, jitterUs, lateUs);
    }

    public Path withDuplication(double newDuplication) {
        return new Path(loss, newDuplication, lateness, delayUs, jitterUs, lateUs);
    }

    public Path withReordering(double newLateness, long newLateUs) {
        return new Path(loss, duplication, newLateness, delayUs, jitterUs, newLateUs);
    }

    public Path withDelay(long newDelayUs, long newJitterUs) {
        return new Path(loss, duplication, lateness, newDelayUs, newJitterUs, lateUs);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is a probability from 0 to 1, not " + value);
        }
    }

    private static void requireTime(String name, long us) {
        if (us < 0 || us > MAX_DELAY_US) {
            throw new IllegalArgumentException(name + " is 0 to " + MAX_DELAY_US + " us, not " + us);
        }
    }
}
