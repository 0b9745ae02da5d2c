package io.thicket.routing.engine;

import org.jspecify.annotations.Nullable;

/** Something that others can cause, allowed at once and then after ever longer pauses, until it was quiet for long. */
final class BackOff {
    private final long firstPauseMs;
    private final long longestPauseMs;
    private long takenAtMs;
    private long pauseMs;
    private boolean taken;

    private BackOff(long firstPauseMs, long longestPauseMs) {
        this.firstPauseMs = firstPauseMs;
        this.longestPauseMs = longestPauseMs;
    }

    /** {@code made}, or one that nothing was taken from if there is none yet. */
    static BackOff of(@Nullable BackOff made, long firstPauseMs, long longestPauseMs) {
        return made == null ? new BackOff(firstPauseMs, longestPauseMs) : made;
    }

    /** Whether it may happen now; if so it did. */
    boolean take(long nowMs) {
        long sinceMs = nowMs - takenAtMs;
        if (taken && sinceMs < pauseMs) {
            return false;
        }
        boolean quiet = !taken || sinceMs >= 2 * longestPauseMs;
        pauseMs = quiet ? firstPauseMs : Math.min(longestPauseMs, 2 * pauseMs);
        taken = true;
        takenAtMs = nowMs;
        return true;
    }
}
