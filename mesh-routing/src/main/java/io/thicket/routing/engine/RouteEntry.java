package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds about one destination (2.3): the ways to it with the feasibility distance, and how long all that counts.
 * {@link RoutingTable} is its only writer. What an advert is compared with is in one object. 104 bytes on a JVM with compressed references,
 * {@code EngineCostTest} holds it and what hangs on it to 140. Times are the low halves of theirs, see {@link #limitAges}.
 */
final class RouteEntry extends NotedRoute {
    /** What took something over so long ago is there still, where nodes move at 20 m/s. */
    private static final int IN_USE_MS = 2_000;

    /** As long as there is a route, ACTIVE or BROKEN. */
    private int validUntilMs;

    private int settleAtMs;
    private boolean settling;

    /** Hops of the route used last, 0 if there was none. */
    private byte lastHops;

    private int holdUntilMs;

    /** When its next hop last took something over; before {@link #IN_USE_MS} if that does not matter. */
    private int usedAtMs;

    RouteEntry(long nowMs, NodeId destination) {
        super(destination);
        this.holdUntilMs = (int) nowMs - 1;
        notUsed(nowMs);
    }

    /** {@code chosen} becomes the route, for as long as its link class says. */
    @Override
    @Nullable
    Alternate install(Candidate chosen, long nowMs) {
        Alternate former = super.install(chosen, nowMs);
        settling = false;
        validUntilMs = (int) (nowMs - ageMs(nowMs) + hop().parameters().routeLifeMs());
        lastHops = (byte) Math.min(WireLimits.MAX_HOPS, advertisedHops() + 1);
        return former;
    }

    /** Hops of the route used last, 0 if there was none: how far to search (2.5). */
    int lastHops() {
        return Byte.toUnsignedInt(lastHops);
    }

    /** The end of the route's life; of no meaning without {@link #current}. */
    long validUntilMs(long nowMs) {
        return nowMs + (validUntilMs - (int) nowMs);
    }

    boolean isOver(long nowMs) {
        return validUntilMs - (int) nowMs <= 0;
    }

    /** The route lives at least until then. */
    void extendLife(long untilMs) {
        if ((int) untilMs - validUntilMs > 0) {
            validUntilMs = (int) untilMs;
        }
    }

    /** A newer Seq of the route's next hop is awaited (2.5). */
    boolean isSettling() {
        return settling;
    }

    boolean isSettled(long nowMs) {
        return settling && settleAtMs - (int) nowMs <= 0;
    }

    /** Until when; of no meaning if it is not settling. */
    long settleAtMs(long nowMs) {
        return nowMs + (settleAtMs - (int) nowMs);
    }

    void settleAt(long atMs) {
        settling = true;
        settleAtMs = (int) atMs;
    }

    void endSettling() {
        settling = false;
    }

    /** U6: until then the feasibility distance must not be forgotten; before now if that does not matter. */
    long holdUntilMs(long nowMs) {
        return nowMs + (holdUntilMs - (int) nowMs);
    }

    void holdUntil(long untilMs) {
        if ((int) untilMs - holdUntilMs > 0) {
            holdUntilMs = (int) untilMs;
        }
    }

    void usedAt(long atMs) {
        usedAtMs = (int) atMs;
    }

    void notUsed(long nowMs) {
        usedAtMs = (int) nowMs - IN_USE_MS - 1;
    }

    /** Whether something went over the route just now. */
    boolean isInUse(long nowMs) {
        return (int) nowMs - usedAtMs <= IN_USE_MS;
    }

    /** To be called once in 12 days at least: what is long over must not lie ahead again. */
    void limitAges(long nowMs) {
        limitAge(nowMs);
        if (!isInUse(nowMs)) {
            notUsed(nowMs);
        }
        if ((int) nowMs - holdUntilMs > 0) {
            holdUntilMs = (int) nowMs - 1; // over is over
        }
    }
}
