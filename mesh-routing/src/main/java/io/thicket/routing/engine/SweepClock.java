package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;

/**
 * When a router looks again at lives, silence and waiting times: on a grid of one second from its first link on, but only at those seconds
 * at which something can be due. Whatever comes in may make something due, so each input asks for the next second; without one, the
 * sweep waits for the time that the parts of the router named. A sweep is never later than the first second after what is due.
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
            nextSecond(nowMs);
        }
    }

    /** Something came in: the next second looks at everything. Nothing happens before {@link #start}. */
    void touch(long nowMs) {
        if (sweepAtMs != MeshRouter.NEVER && sweepAtMs - nowMs > 0) {
            if (callAtMs - nowMs <= 0) {
                sweepAtMs = callAtMs; // this second's call is still to come
            } else if (sweepAtMs - nowMs > PERIOD_MS) {
                nextSecond(nowMs);
            }
        }
    }

    private void nextSecond(long nowMs) {
        long passedMs = nowMs - gridMs;
        sweepAtMs = nowMs + PERIOD_MS - Math.floorMod(passedMs, PERIOD_MS);
        callAtMs = sweepAtMs;
    }

    /** Whether the router is to be swept now. */
    boolean isDue(long nowMs) {
        return sweepAtMs - nowMs <= 0;
    }

    /** The router was called, and not swept. Who was called late is called a second from now, not from then. */
    void watched(long nowMs) {
        long lateMs = nowMs - callAtMs;
        if (lateMs >= 0) {
            gridMs = nowMs;
            sweepAtMs += lateMs;
            callAtMs = nowMs + PERIOD_MS;
        }
    }

    /** A sweep is over; before {@code quietUntilMs} it would have nothing to do, unless something comes in. */
    void swept(long nowMs, long quietUntilMs) {
        sweeps++;
        gridMs = nowMs;
        long idleUntilMs = everySecond ? nowMs : quietUntilMs;
        long quietMs = Math.min(Math.max(idleUntilMs, nowMs + 1), nowMs + LONGEST_MS) - nowMs;
        sweepAtMs = nowMs + (quietMs + PERIOD_MS - 1) / PERIOD_MS * PERIOD_MS;
        callAtMs = watchesStalls ? nowMs + PERIOD_MS : sweepAtMs;
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
