package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * The ways to one destination: the {@link Candidate} that is the route, which is this object itself, how long it lives, and the alternates.
 * A search for a destination, each advert and each message on its way look at this and mostly at nothing else that is held about it: the JVM
 * keeps what stands here in front of all that, in one line of memory.
 */
abstract sealed class KnownWays extends Candidate permits NotedRoute {
    /** K: stored alternates per destination. */
    static final int MAX_ALTERNATES = 3;

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

    /** The first of those that are not the route, null if there is none. */
    private @Nullable Alternate alternates;

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
        for (Alternate each = alternates; each != null; each = each.next) {
            if (each.isOf(hop)) {
                return each;
            }
        }
        return null;
    }

    /** The first of the alternates, in the order in which they came; null if there is none. */
    @Nullable
    final Alternate alternates() {
        return alternates;
    }

    final int countAlternates() {
        int count = 0;
        for (Alternate each = alternates; each != null; each = each.next) {
            count++;
        }
        return count;
    }

    final boolean hasAlternates() {
        return alternates != null;
    }

    /** As the last one. {@code candidate} is new. */
    final void addAlternate(Alternate candidate) {
        link(lastBefore(null), candidate);
    }

    /** {@code candidate}, which is new, takes the place of {@code former}, which is one of them. */
    final void replaceAlternate(Alternate former, Alternate candidate) {
        candidate.next = former.next;
        link(lastBefore(former), candidate);
        former.next = null;
    }

    /** Nothing if it is none of them. */
    final void removeAlternate(Candidate candidate) {
        Alternate before = null;
        Alternate each = alternates;
        while (each != null && each != candidate) {
            before = each;
            each = each.next;
        }
        if (each != null) {
            link(before, each.next);
            each.next = null;
        }
    }

    final void forgetAlternates() {
        alternates = null;
    }

    /** The one that {@code until} follows, null if that is the first; of the end of the chain, which is null, the last. */
    private @Nullable Alternate lastBefore(@Nullable Alternate until) {
        Alternate before = null;
        for (Alternate each = alternates; each != null && each != until; each = each.next) {
            before = each;
        }
        return before;
    }

    /** {@code following} comes after {@code before}, or first if that is null. */
    private void link(@Nullable Alternate before, @Nullable Alternate following) {
        if (before == null) {
            alternates = following;
        } else {
            before.next = following;
        }
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
