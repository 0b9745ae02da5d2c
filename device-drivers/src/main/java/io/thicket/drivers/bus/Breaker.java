package io.thicket.drivers.bus;

/**
 * Keeps a unit that does not answer from being asked at its usual pace: each attempt costs everybody a timeout.
 *
 * <pre>
 * CLOSED --failures in a row--> OPEN --an answer (to a probe)--> CLOSED
 *                               ^  | a probe failed: wait twice as long
 *                               +--+
 * </pre>
 */
final class Breaker {
    /** So many failures in a row open it. */
    static final int FAILURES = 3;

    /** One is enough for a unit that never answered: it may not be there at all. */
    static final int FAILURES_OF_A_STRANGER = 1;

    static final long FIRST_PROBE_MS = 2_000;
    static final long MAX_PROBE_MS = 60_000;

    private boolean open;
    private boolean known;
    private int failures;
    private long pauseMs = FIRST_PROBE_MS;
    private long probeAtMs;

    boolean isOpen() {
        return open;
    }

    int failures() {
        return failures;
    }

    /** Ms until the unit may be probed. Of an open breaker only. */
    long probeWaitMs(long nowMs) {
        return probeAtMs - nowMs;
    }

    void answered() {
        open = false;
        known = true;
        failures = 0;
        pauseMs = FIRST_PROBE_MS;
    }

    void failed(long nowMs) {
        failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        if (open) {
            pauseMs = Math.min(MAX_PROBE_MS, 2 * pauseMs);
            probeAtMs = nowMs + pauseMs;
        } else if (failures >= (known ? FAILURES : FAILURES_OF_A_STRANGER)) {
            open = true;
            probeAtMs = nowMs + pauseMs;
        }
    }

    /** The line was opened anew, which may be what the unit needed. */
    void reset() {
        open = false;
        known = false;
        failures = 0;
        pauseMs = FIRST_PROBE_MS;
    }
}
