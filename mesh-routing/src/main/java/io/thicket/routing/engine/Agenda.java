package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import java.util.Arrays;

/**
 * When each part of one router wants to be called: the router looks at the earliest after each input, and asking the parts themselves
 * would bring each of them from memory to hear that it wants nothing. Whoever changes what a part waits for says so here.
 */
@SuppressWarnings("EnumOrdinal") // The places are nobody else's, and live as long as this object.
final class Agenda {
    /** Whose time it is. */
    enum Part {
        IDENT,
        OWN_SEQ,
        SETTLEMENTS,
        TRACES,
        CHALLENGES,
        EXCHANGES,
        CUSTODY,
        NEWCOMERS,
        FLOODS,
        REPLIES,
        ERRORS,
        SEARCHES,

        // These wait for a sweep: before their time it has nothing to do for them, after it has in each second.
        SCORES,
        REQUESTS,
        GATEWAY_REPAIR
    }

    private static final int FIRST_SWEPT = Part.SCORES.ordinal();
    private static final int PARTS = Part.values().length;

    private final long[] timesMs = new long[PARTS];

    /** The earliest of those that wait for no sweep. */
    private long callAtMs = MeshRouter.NEVER;

    /** The earliest of those that do. */
    private long sweepAtMs = MeshRouter.NEVER;

    /** Nobody wants anything. */
    Agenda() {
        Arrays.fill(timesMs, MeshRouter.NEVER);
    }

    /** The part is to be called at {@code atMs}, whatever it said before; {@link MeshRouter#NEVER} for not at all. */
    void set(Part part, long atMs) {
        int place = part.ordinal();
        long beforeMs = timesMs[place];
        timesMs[place] = atMs;
        if (place < FIRST_SWEPT) {
            callAtMs = atMs < callAtMs || beforeMs != callAtMs ? Math.min(atMs, callAtMs) : earliest(0, FIRST_SWEPT);
        } else {
            sweepAtMs = atMs < sweepAtMs || beforeMs != sweepAtMs
                    ? Math.min(atMs, sweepAtMs)
                    : earliest(FIRST_SWEPT, PARTS);
        }
    }

    /** The part is to be called at {@code atMs}, or earlier if it said so. */
    void atLatest(Part part, long atMs) {
        if (atMs < timesMs[part.ordinal()]) {
            set(part, atMs);
        }
    }

    /** What the part said. */
    long of(Part part) {
        return timesMs[part.ordinal()];
    }

    boolean isDue(Part part, long nowMs) {
        long atMs = timesMs[part.ordinal()];
        return atMs != MeshRouter.NEVER && atMs - nowMs <= 0;
    }

    /** The first time at which some part that waits for no sweep is to be called. */
    long callAtMs() {
        return callAtMs;
    }

    /** Before this a sweep has nothing to do for any part that says here when. */
    long sweepAtMs() {
        return sweepAtMs;
    }

    private long earliest(int from, int to) {
        long earliestMs = MeshRouter.NEVER;
        for (int part = from; part < to; part++) {
            earliestMs = Math.min(earliestMs, timesMs[part]);
        }
        return earliestMs;
    }
}
