package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;

/**
 * When a router looks again at lives, silence and waiting times: on a grid of one second from its first link on, but only at those seconds
 * at which something can be due. Whatever comes in may make something due, so that the parts of the router are asked after each input
 * and each sweep. A sweep is never later than the first second after what is due.
 *
 * <p>A router whose process may be stopped or starved has to be called each second all the same, to notice that it was not (4.1, I21);
 * such a call looks at the clock and at nothing else.
 */
final class SweepClock {
    static final long PERIOD_MS = 1_000;

    /** Even if nothing is ever due. */
    private static final long LONGEST_MS = 3_600_000;

    private boolean watchesStalls = true;
    private boolean everySecond;
    private long sweeps;
    private long gridMs;

    /** From then on something may be due; a call that is late moves the grid, but not this. */
    private long quietUntilMs = MeshRouter.NEVER;

    private long sweepAtMs = MeshRouter.NEVER;
    private long callAtMs = MeshRouter.NEVER;

    /** Time cannot pass without calls of this router, as in a simulation: it is called only when something is due. */
    void expectNoStalls() {
        watchesStalls = false;
    }

    /** For tests: sweeps whether anything can be due or not. */
    void sweepEverySecond() {
        everySecond = true;
    }

    /** The first link is there. */
    void start(long nowMs) {
        if (sweepAtMs == MeshRouter.NEVER) {
            gridMs = nowMs;
            quietUntilMs = nowMs + PERIOD_MS;
            sweepAtMs = quietUntilMs;
            callAtMs = quietUntilMs;
        }
    }

    /** The next second looks at everything; that is now if the call for this second is still to come. Nothing happens before {@link #start}. */
    void touch(long nowMs) {
        expect(nowMs, nowMs);
    }

    /** Something came in: now a sweep has nothing to do before {@code untilMs}. Nothing happens before {@link #start}. */
    void expect(long nowMs, long untilMs) {
        if (sweepAtMs == MeshRouter.NEVER) {
            return;
        }
        boolean called = callAtMs - nowMs > 0;
        long earliestMs = called ? nowMs + PERIOD_MS - Math.floorMod(nowMs - gridMs, PERIOD_MS) : callAtMs;
        // A call that is late serves what is due by now.
        boolean quiet = !everySecond && untilMs - Math.max(nowMs, earliestMs) > 0;
        long latestMs = earliestMs + LONGEST_MS - PERIOD_MS;
        quietUntilMs = quiet ? Math.min(Math.max(untilMs, earliestMs), latestMs) : earliestMs;
        from(earliestMs);
    }

    /** Calls from this second of the grid on, and a sweep at the first one at which something is due, which may be the same. */
    private void from(long earliestMs) {
        long quietMs = Math.max(0, quietUntilMs - earliestMs);
        sweepAtMs = earliestMs + (quietMs + PERIOD_MS - 1) / PERIOD_MS * PERIOD_MS;
        callAtMs = watchesStalls ? earliestMs : sweepAtMs;
    }

    /** Whether the router is to be swept now. A call that is late serves what became due since its second, too. */
    boolean isDue(long nowMs) {
        return sweepAtMs - nowMs <= 0 || callAtMs - nowMs <= 0 && quietUntilMs - nowMs <= 0;
    }

    /** The router was called, and not swept. Who was called late is called a second from now, not from then. */
    void watched(long nowMs) {
        long lateMs = nowMs - callAtMs;
        if (lateMs >= 0) {
            gridMs = nowMs;
            from(nowMs + PERIOD_MS);
        }
    }

    /** A sweep is over. The next one is a second later, unless {@link #expect} is told that it would have nothing to do then. */
    void swept(long nowMs) {
        sweeps++;
        gridMs = nowMs;
        quietUntilMs = nowMs + PERIOD_MS;
        sweepAtMs = quietUntilMs;
        callAtMs = quietUntilMs;
    }

    /** For tests: sweeps so far. */
    long sweeps() {
        return sweeps;
    }

    /** When the router has to be called, {@link MeshRouter#NEVER} before {@link #start}. */
    long callAtMs() {
        return callAtMs;
    }
}
