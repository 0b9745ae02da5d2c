package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;

/**
 * HELLOs beside those of Trickle, for something that one neighbour or one way lacks: after 1, 2, 4 ... Imin, until it has what it lacked or
 * they were enough. Unlike a Trickle reset it ends when it has worked, and leaves the intervals alone that neighbours were told.
 */
final class HelloSeries {
    /** No pause is longer, whatever the link's class says. */
    private static final long MOST_MS = 1 << 30;

    private final byte limit;
    private byte made;
    private final RoutingParameters parameters;
    private int pauseMs;
    private long dueMs = MeshRouter.NEVER;

    /** Since when nothing is lacking. */
    private long thereSinceMs = MeshRouter.NEVER;

    /** Of at most {@code limit} HELLOs on a link of this class, with pauses of at most Imax. */
    HelloSeries(byte limit, RoutingParameters parameters) {
        this.limit = limit;
        this.parameters = parameters;
    }

    /** Whether one is due; the first is Imin after the first of these calls. */
    boolean isDue(long nowMs) {
        thereSinceMs = MeshRouter.NEVER;
        if (dueMs == MeshRouter.NEVER) {
            pauseMs = (int) Math.min(parameters.helloMinMs(), longestPauseMs());
            dueMs = nowMs + pauseMs;
        }
        return made < limit && dueMs - nowMs <= 0;
    }

    /** One was made. */
    void made(long nowMs) {
        made = (byte) Math.min(made + 1, limit);
        pauseMs = (int) Math.min(2L * pauseMs, longestPauseMs());
        dueMs = nowMs + pauseMs;
    }

    /** One more may follow although they were enough, after the longest pause so far. */
    void goOn() {
        made = (byte) Math.min(made, limit - 1);
    }

    /** What was lacking is there. The next series begins anew if it stays for the longest pause: what comes and goes is asked for ever less. */
    void end(long nowMs) {
        if (thereSinceMs == MeshRouter.NEVER) {
            thereSinceMs = nowMs;
        }
        if (nowMs - thereSinceMs >= longestPauseMs()) {
            made = 0;
            dueMs = MeshRouter.NEVER;
        }
    }

    /** When {@link #end} lets the next series begin anew, {@link MeshRouter#NEVER} if it has; now or earlier if something is lacking. */
    long settledAtMs() {
        if (thereSinceMs == MeshRouter.NEVER) {
            return Long.MIN_VALUE;
        }
        return made == 0 && dueMs == MeshRouter.NEVER ? MeshRouter.NEVER : thereSinceMs + longestPauseMs();
    }

    private long longestPauseMs() {
        return Math.min(MOST_MS, parameters.helloMaxMs());
    }
}
