package io.thicket.agent.sensing;

/**
 * How long a device may be silent before its last value is old: three times the longest pause that it made of late, as nobody
 * writes down how often each device speaks. Pure.
 */
final class SilenceLimit {
    /** Never sooner: a device that speaks each second may lose a few frames, and adapters are plugged in again. */
    static final long FLOOR_MS = 30_000;

    /** After a single reading nothing is known yet, and meters on batteries are asked a few times an hour. */
    static final long UNKNOWN_MS = 30 * 60_000;

    static final long FACTOR = 3;

    /** A pause counts for one to two of these. */
    static final long WINDOW_MS = 3_600_000;

    private final long unknownMs;
    private boolean heard;
    private boolean paceKnown;
    private long lastMs;
    private long windowEndsAtMs;
    private long longestMs;
    private long longestBeforeMs;

    /** @param paceMs readings are not to come more often, as configured; 0 if nothing is said */
    SilenceLimit(long paceMs) {
        this.unknownMs = Math.max(UNKNOWN_MS, FACTOR * paceMs);
    }

    /** A reading came. */
    void heard(long nowMs) {
        if (heard) {
            long pauseMs = Math.max(0, nowMs - lastMs);
            // A failure must not pass for the device's habit at once; a habit of longer pauses is learnt in a few
            // steps.
            long counted = Math.min(pauseMs, limitMs());
            rotate(nowMs);
            longestMs = Math.max(longestMs, counted);
            paceKnown = true;
        } else {
            windowEndsAtMs = nowMs + WINDOW_MS;
        }
        heard = true;
        lastMs = nowMs;
    }

    private void rotate(long nowMs) {
        if (nowMs >= windowEndsAtMs) {
            longestBeforeMs = longestMs;
            longestMs = 0;
            windowEndsAtMs = nowMs + WINDOW_MS;
        }
    }

    /** Silence of so many ms after a reading is too much. */
    long limitMs() {
        return paceKnown ? Math.max(FLOOR_MS, FACTOR * Math.max(longestMs, longestBeforeMs)) : unknownMs;
    }
}
