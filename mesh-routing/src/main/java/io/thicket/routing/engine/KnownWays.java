package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.wire.WireLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ways to one destination: the {@link Candidate} that is the route, which is this object itself, how long it lives, and the alternates.
 * A search for a destination, each advert and each message on its way look at this and mostly at nothing else that is held about it: the JVM
 * keeps what stands here in front of all that, in one line of memory.
 */
abstract sealed class KnownWays extends Candidate permits NotedRoute {
    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

    private static final Alternate[] NO_ALTERNATES = {};

    /** The destination's NodeId, as a number. */
    final long name;

    /** The advert that is this object itself holds. */
    private boolean present;

    /** ACTIVE, or else BROKEN: what is only searched for has no entry. */
    boolean active;

    /** As long as there is a route, ACTIVE or BROKEN. */
    private int validUntilMs;

    private boolean settling;
    private int settleAtMs;

    /** Hops of the route used last, 0 if there was none. */
    private byte lastHops;

    /** Another array after each change. */
    private Alternate[] alternates = NO_ALTERNATES;

    KnownWays(NodeId destination) {
        this.name = destination.value();
    }

    /** Made anew by each call. */
    final NodeId destination() {
        return new NodeId(name);
    }

    final RouteState state() {
        return active ? RouteState.ACTIVE : RouteState.BROKEN;
    }

    /** Whether there is a route's advert; without one, nothing of it may be asked but whose the last one was. */
    final boolean isPresent() {
        return present;
    }

    /** Holds no advert of a route any more. */
    final void clear() {
        present = false;
    }

    /** The route's advert; in state BROKEN it is kept while its link may recover. It is the entry itself: what it says changes with the route. */
    @Nullable
    final Candidate current() {
        return present ? this : null;
    }

    /** The next hop of an ACTIVE route, else null. */
    @Nullable
    final NextHop nextHop() {
        return active && present ? hop() : null;
    }

    /** The metric of the ACTIVE route in 10 us units, -1 if there is none. */
    final long metric() {
        return active && present ? wayMetric() : -1;
    }

    /** Hops of the ACTIVE route, -1 if there is none. */
    final int hops() {
        return active && present ? advertisedHops() + 1 : -1;
    }

    /** Hops of the route used last, 0 if there was none: how far to search (2.5). */
    final int lastHops() {
        return Byte.toUnsignedInt(lastHops);
    }

    /** {@code chosen} becomes the route, for as long as its link class says. Returns what was the route, as an alternate of its own; or null. */
    @Nullable
    Alternate install(Candidate chosen, long nowMs) {
        Alternate former = present ? new Alternate(this) : null;
        become(chosen);
        present = true;
        active = true;
        settling = false;
        validUntilMs = (int) (nowMs - ageMs(nowMs) + hop().parameters().routeLifeMs());
        lastHops = (byte) Math.min(WireLimits.MAX_HOPS, advertisedHops() + 1);
        return former;
    }

    @Nullable
    final Candidate candidateOf(NextHop hop) {
        if (present && isOf(hop)) {
            return this;
        }
        for (Alternate alternate : alternates) {
            if (alternate.isOf(hop)) {
                return alternate;
            }
        }
        return null;
    }

    /** Not to be written to. */
    final Alternate[] alternates() {
        return alternates;
    }

    final boolean hasAlternates() {
        return alternates.length > 0;
    }

    final void addAlternate(Alternate candidate) {
        alternates = Arrays.copyOf(alternates, alternates.length + 1);
        alternates[alternates.length - 1] = candidate;
    }

    final void replaceAlternate(int index, Alternate candidate) {
        alternates = alternates.clone();
        alternates[index] = candidate;
    }

    /** Nothing if it is none of them. */
    final void removeAlternate(Candidate candidate) {
        int at = Arrays.asList(alternates).indexOf(candidate);
        if (at >= 0) {
            Alternate[] others =
                    alternates.length == 1 ? NO_ALTERNATES : Arrays.copyOf(alternates, alternates.length - 1);
            System.arraycopy(alternates, at + 1, others, at, others.length - at);
            alternates = others;
        }
    }

    final void forgetAlternates() {
        alternates = NO_ALTERNATES;
    }

    /** The end of the route's life; of no meaning without {@link #current}. */
    final long validUntilMs(long nowMs) {
        return nowMs + (validUntilMs - (int) nowMs);
    }

    final boolean isOver(long nowMs) {
        return validUntilMs - (int) nowMs <= 0;
    }

    /** The route lives at least until then. */
    final void extendLife(long untilMs) {
        if ((int) untilMs - validUntilMs > 0) {
            validUntilMs = (int) untilMs;
        }
    }

    /** A newer Seq of the route's next hop is awaited (2.5). */
    final boolean isSettling() {
        return settling;
    }

    final boolean isSettled(long nowMs) {
        return settling && settleAtMs - (int) nowMs <= 0;
    }

    /** Until when; of no meaning if it is not settling. */
    final long settleAtMs(long nowMs) {
        return nowMs + (settleAtMs - (int) nowMs);
    }

    final void settleAt(long atMs) {
        settling = true;
        settleAtMs = (int) atMs;
    }

    final void endSettling() {
        settling = false;
    }
}
