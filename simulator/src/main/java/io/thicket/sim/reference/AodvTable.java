package io.thicket.sim.reference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The route table and all rules by which an entry changes. The address plan bounds it. An entry's time runs out when it is
 * next looked at: a valid route becomes invalid then, an invalid one is forgotten DELETE_PERIOD after that.
 */
final class AodvTable {
    private final AodvParameters parameters;
    private final int self;
    private final TreeMap<Integer, AodvRoute> routes = new TreeMap<>();

    AodvTable(AodvParameters parameters, int self) {
        this.parameters = parameters;
        this.self = self;
    }

    /** The entry, valid or not. */
    @Nullable
    AodvRoute find(long nowMs, int destination) {
        AodvRoute route = routes.get(destination);
        if (route != null && isForgotten(nowMs, route)) {
            routes.remove(destination);
            return null;
        }
        return route;
    }

    /** The entry if it can be used now. */
    @Nullable
    AodvRoute findValid(long nowMs, int destination) {
        AodvRoute route = find(nowMs, destination);
        return route != null && route.valid ? route : null;
    }

    /** Every entry that is not forgotten yet, in order of address. */
    List<AodvRoute> all(long nowMs) {
        Iterator<AodvRoute> entries = routes.values().iterator();
        List<AodvRoute> all = new ArrayList<>(routes.size());
        while (entries.hasNext()) {
            AodvRoute route = entries.next();
            if (isForgotten(nowMs, route)) {
                entries.remove();
            } else {
                all.add(route);
            }
        }
        return all;
    }

    /**
     * RFC 3561 s6.5, s6.7: whoever transmitted a message is a neighbour, whatever its sequence number. A number that the
     * entry has stays: nothing is known of its being outdated.
     *
     * @param originatorSeq what the message says of somebody else; ns-3 writes it into the neighbour's entry
     */
    void neighborHeard(long nowMs, int neighbor, int originatorSeq, long untilMs) {
        AodvRoute route = find(nowMs, neighbor);
        if (route == null) {
            route = new AodvRoute(neighbor);
            routes.put(neighbor, route);
        }
        if (parameters.reading() != AodvReading.RESOLVED && originatorSeq != AodvMessage.UNKNOWN_SEQ) {
            route.seq = originatorSeq;
            route.seqKnown = false;
        }
        use(route, 1, neighbor, atLeast(route, untilMs));
    }

    /**
     * RFC 3561 s6.2: takes a route if its number is newer, if the number is the same and the way shorter or the entry
     * invalid, or if the entry's number is not known.
     *
     * @return whether the entry was changed
     */
    boolean offer(long nowMs, int destination, int seq, int hops, int nextHop, long untilMs) {
        if (destination == self) {
            return false;
        }
        AodvRoute route = find(nowMs, destination);
        if (route == null) {
            route = new AodvRoute(destination);
            routes.put(destination, route);
        } else if (!isImprovement(route, seq, hops)) {
            return false;
        }
        route.seq = seq;
        route.seqKnown = true;
        use(route, hops, nextHop, untilMs);
        return true;
    }

    /** The route back to a RREQ's originator. */
    boolean offerReverse(long nowMs, int originator, int seq, int hops, int previousHop, long untilMs) {
        AodvRoute route = find(nowMs, originator);
        long longerMs = route == null ? untilMs : atLeast(route, untilMs); // s6.5: never shortened
        if (parameters.reading() == AodvReading.RESOLVED || route == null) {
            return offer(nowMs, originator, seq, hops, previousHop, longerMs);
        }
        // ns-3 keeps the larger number and moves the route in any case.
        route.seq = route.seqKnown ? AodvSeq.max(route.seq, seq) : seq;
        route.seqKnown = true;
        use(route, hops, previousHop, longerMs);
        return true;
    }

    /** RFC 3561 s6.2: a route that is used lives on. */
    void extend(long nowMs, int destination, long untilMs) {
        AodvRoute route = findValid(nowMs, destination);
        if (route != null) {
            route.expiresMs = Math.max(route.expiresMs, untilMs);
        }
    }

    /** RFC 3561 s6.11 (i): every valid route over {@code neighbor} becomes invalid; these are returned. */
    List<AodvRoute> breakLink(long nowMs, int neighbor) {
        List<AodvRoute> broken = new ArrayList<>();
        for (AodvRoute route : all(nowMs)) {
            if (route.valid && route.nextHop == neighbor) {
                invalidate(nowMs, route);
                broken.add(route);
            }
        }
        return broken;
    }

    /**
     * RFC 3561 s6.11 (iii): {@code neighbor} says that it no longer reaches {@code destination}. In the resolved reading
     * only a number that is newer than ours tells something new.
     *
     * @return the entry that became invalid by it, or null
     */
    @Nullable
    AodvRoute reportedBroken(long nowMs, int destination, int seq, int neighbor) {
        AodvRoute route = findValid(nowMs, destination);
        if (route == null || route.nextHop != neighbor) {
            return null;
        }
        if (parameters.reading() != AodvReading.RESOLVED) {
            invalidate(nowMs, route);
            return route;
        }
        if (seq == AodvMessage.UNKNOWN_SEQ) {
            // Differs from s6.11: a neighbour that lost its memory has no number to copy, and copying 0 would forget
            // ours.
            // The link to it is as good as broken for this destination.
            invalidate(nowMs, route);
            return route;
        }
        if (route.seqKnown && !AodvSeq.isNewer(seq, route.seq)) {
            return null;
        }
        route.seq = seq;
        route.seqKnown = true;
        markInvalid(nowMs, route);
        return route;
    }

    /** ns-3 forgets a destination that a search did not find; the resolved reading keeps the number. */
    void searchFailed(int destination) {
        if (parameters.reading() != AodvReading.RESOLVED) {
            routes.remove(destination);
        }
    }

    int size() {
        return routes.size();
    }

    private boolean isImprovement(AodvRoute route, int seq, int hops) {
        if (!route.seqKnown || AodvSeq.isNewer(seq, route.seq)) {
            return true;
        }
        return seq == route.seq && (!route.valid || hops < route.hops);
    }

    private static long atLeast(AodvRoute route, long untilMs) {
        return route.valid ? Math.max(route.expiresMs, untilMs) : untilMs;
    }

    private static void use(AodvRoute route, int hops, int nextHop, long untilMs) {
        if (!route.valid) {
            // Whoever used the old route was told of its end.
            route.clearPrecursors();
        }
        route.expiresMs = untilMs;
        route.valid = true;
        route.hops = hops;
        route.nextHop = nextHop;
    }

    private void invalidate(long nowMs, AodvRoute route) {
        if (parameters.reading() == AodvReading.RESOLVED && route.seqKnown) {
            route.seq = AodvSeq.next(route.seq);
        }
        markInvalid(nowMs, route);
    }

    private void markInvalid(long nowMs, AodvRoute route) {
        route.valid = false;
        route.expiresMs = nowMs + parameters.deletePeriodMs();
    }

    /** Lets the entry's time run; true if nothing is left of it. */
    private boolean isForgotten(long nowMs, AodvRoute route) {
        if (route.valid && nowMs >= route.expiresMs) {
            invalidate(route.expiresMs, route);
        }
        return !route.valid && nowMs >= route.expiresMs;
    }
}
