package io.thicket.drivers.bus;

/**
 * What a unit needs.
 *
 * @param timeoutMs from the end of the request to the begin of the answer, at most
 * @param guardMs the line is silent so long before the unit is asked
 */
public record UnitTiming(long timeoutMs, long guardMs) {
    /** Slow meters take half a second and more. */
    public static final UnitTiming DEFAULT = new UnitTiming(1_000, 20);

    public static final long MIN_TIMEOUT_MS = 20;
    public static final long MAX_TIMEOUT_MS = 30_000;
    public static final long MAX_GUARD_MS = 5_000;

    public UnitTiming {
        if (timeoutMs < MIN_TIMEOUT_MS || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException(
                    "a timeout of " + timeoutMs + " ms; allowed are " + MIN_TIMEOUT_MS + " to " + MAX_TIMEOUT_MS);
        }
        if (guardMs < 0 || guardMs > MAX_GUARD_MS) {
            throw new IllegalArgumentException("a guard time of " + guardMs + " ms; allowed are 0 to " + MAX_GUARD_MS);
        }
    }
}
