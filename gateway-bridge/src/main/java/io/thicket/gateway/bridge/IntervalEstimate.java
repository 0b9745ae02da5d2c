package io.thicket.gateway.bridge;

/** Estimates how often a sensor reads, from the times of its readings. */
final class IntervalEstimate {
    /** Assumed until two readings were seen. */
    static final long DEFAULT_MS = 300_000;

    private static final long MIN_MS = 1_000;
    /** No sensor is taken for slower. */
    static final long MAX_MS = 24 * 3_600_000L;

    private long lastTakenMs;

    /** At most {@link #MAX_MS}. */
    private int intervalMs;

    /** A reading taken at {@code takenMs}; readings may come in any order, older ones teach nothing. */
    void onReading(long takenMs) {
        long gap = takenMs - lastTakenMs;
        if (lastTakenMs == 0) {
            lastTakenMs = takenMs;
        } else if (gap > 0) {
            int bounded = (int) Math.min(Math.max(gap, MIN_MS), MAX_MS);
            // A gap of more than three intervals is an outage or a lost reading, not the pace: it moves the estimate
            // little.
            boolean outage = intervalMs != 0 && bounded > 3 * intervalMs;
            intervalMs = intervalMs == 0 ? bounded : intervalMs + (bounded - intervalMs) / (outage ? 16 : 4);
            lastTakenMs = takenMs;
        }
    }

    /** Whether two readings were seen. */
    boolean isKnown() {
        return intervalMs != 0;
    }

    /** The estimate. */
    long intervalMs() {
        return intervalMs == 0 ? DEFAULT_MS : intervalMs;
    }
}
