package io.thicket.drivers.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked next. Of the units that answer, the one that waits longest (its {@link Priority} counted in). Units that are
 * silent are probed when nobody else waits, or when a probe waits for {@link #PROBE_PATIENCE_MS}; between two probes the
 * others have the line for {@link #PROBE_SHARE} times as long as a probe takes. So, however many units are dead, a request of
 * a living one waits for one timeout at most, besides the other living ones.
 */
final class Turns {
    /** A probe that waits so long goes before those who answer, so that a full line does not keep a unit dead for ever. */
    static final long PROBE_PATIENCE_MS = 10_000;

    /** Probes take one part in so many and one of the line's time. */
    static final int PROBE_SHARE = 4;

    private final List<BusSeat> seats;
    private boolean probed;
    private long nextProbeMs;

    Turns(List<BusSeat> seats) {
        this.seats = seats;
    }

    /** The unit to ask now, null if none is to be. */
    @Nullable
    BusSeat next(long nowMs) {
        BusSeat living = living(nowMs);
        BusSeat silent = probeWaitMs(nowMs) > 0 ? null : silent(nowMs);
        if (silent != null && (living == null || silent.breaker().probeWaitMs(nowMs) <= -PROBE_PATIENCE_MS)) {
            return silent;
        }
        return living;
    }

    /** Ms until {@link #next} may have one. */
    long waitMs(long nowMs) {
        long wait = Long.MAX_VALUE;
        for (BusSeat seat : seats) {
            long its = seat.breaker().isOpen()
                    ? Math.max(probeWaitMs(nowMs), seat.breaker().probeWaitMs(nowMs))
                    : seat.waitMs(nowMs);
            wait = Math.min(wait, its);
        }
        return Math.max(0, wait);
    }

    /** An attempt to reach a silent unit failed after {@code tookMs}. */
    void probeFailed(long nowMs, long tookMs) {
        probed = true;
        nextProbeMs = nowMs + PROBE_SHARE * tookMs;
    }

    private long probeWaitMs(long nowMs) {
        return probed ? nextProbeMs - nowMs : 0;
    }

    private @Nullable BusSeat living(long nowMs) {
        BusSeat best = null;
        long bestRank = 0;
        for (BusSeat seat : seats) {
            long wait = seat.breaker().isOpen() ? Long.MAX_VALUE : seat.waitMs(nowMs);
            if (wait <= 0) {
                long rank = wait + seat.unit().priority().slackMs();
                if (best == null || rank < bestRank) {
                    best = seat;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private @Nullable BusSeat silent(long nowMs) {
        BusSeat best = null;
        for (BusSeat seat : seats) {
            if (seat.breaker().isOpen() && seat.breaker().probeWaitMs(nowMs) <= 0) {
                if (best == null
                        || seat.breaker().probeWaitMs(nowMs) < best.breaker().probeWaitMs(nowMs)) {
                    best = seat;
                }
            }
        }
        return best;
    }
}
