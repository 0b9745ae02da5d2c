package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When this node's IDENT goes to its gateway: at once to one that does not know it (another gateway, or another boot of
 * it), and again from time to time. A node without readings has no other traffic that keeps its downward route (life L);
 * one whose readings do that already sends it more rarely.
 */
final class IdentSchedule {
    /** While readings flow, one in so many is sent. */
    private static final int RARELY = 8;

    private long registerPeriodMs;
    private @Nullable NodeId knownTo;

    /** Of 32 bits, as on the wire. */
    private int knownToEpoch;

    private long readingAtMs = Long.MIN_VALUE / 2;
    private int skipped = RARELY;

    IdentSchedule(long registerPeriodMs) {
        this.registerPeriodMs = registerPeriodMs;
    }

    /** REG of the links that this node has. */
    void setPeriod(long periodMs) {
        registerPeriodMs = periodMs;
    }

    /** Whether {@code gateway} in its boot {@code epoch} was not told yet; it is now. */
    boolean isNewFor(NodeId gateway, long epoch) {
        if (isKnownTo(gateway, epoch)) {
            return false;
        }
        knownTo = gateway;
        knownToEpoch = (int) epoch;
        skipped = RARELY;
        return true;
    }

    /** Whether {@link #isNewFor} would say no. */
    boolean isKnownTo(NodeId gateway, long epoch) {
        return gateway.equals(knownTo) && (int) epoch == knownToEpoch;
    }

    /** The IDENT changed: whatever the gateway was told is out of date. */
    void renewed() {
        skipped = RARELY;
    }

    void sentReading(long nowMs) {
        readingAtMs = nowMs;
    }

    /** Whether the IDENT is to be sent at this turn. */
    boolean isDue(long nowMs) {
        boolean flowing = nowMs - readingAtMs < registerPeriodMs / 3;
        if (flowing && ++skipped < RARELY) {
            return false;
        }
        skipped = 0;
        return true;
    }

    /** Until the next turn: within REG, which is also how long a downward route lives (L); hops repeat what is lost. */
    long pauseMs(RandomGenerator random) {
        return registerPeriodMs / 2 + random.nextLong(Math.max(1, registerPeriodMs / 4));
    }
}
