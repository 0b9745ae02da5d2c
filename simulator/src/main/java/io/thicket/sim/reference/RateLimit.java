package io.thicket.sim.reference;

import java.util.ArrayDeque;

/** At most so many in any second (RFC 3561 s10: RREQ_RATELIMIT, RERR_RATELIMIT). */
final class RateLimit {
    private static final long SECOND_MS = 1_000;

    private final int perSecond;
    private final ArrayDeque<Long> takenMs = new ArrayDeque<>();

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean take(long nowMs) {
        if (nextMs(nowMs) > nowMs) {
            return false;
        }
        takenMs.add(nowMs);
        return true;
    }

    /** When the next one may go, {@code nowMs} if now. */
    long nextMs(long nowMs) {
        while (!takenMs.isEmpty() && nowMs - takenMs.getFirst() >= SECOND_MS) {
            takenMs.removeFirst();
        }
        return takenMs.size() < perSecond ? nowMs : takenMs.getFirst() + SECOND_MS;
    }
}
