package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Whether the neighbourhood of one link changes all the time because nodes move: neighbours that nobody had heard of for long keep arriving.
 * Congestion looks different; there the same neighbours are lost and found within their HELLO intervals. Only different nodes with
 * different addresses count, once they have answered: neither one neighbour that comes and goes nor one machine that invents names is movement.
 */
final class Movement {
    /** So many different neighbours that arrive within the window mean movement. */
    static final int ARRIVALS = 3;

    /** The window, and how long after its start a router meets its neighbours for the first time, in Imin. */
    static final int WINDOW_INTERVALS = 30;

    /** HELLOs are no rarer than every so many Imin while nodes move. */
    static final int LONGEST_INTERVALS = 2;

    private record Arrival(NodeId who, LinkAddress address, long atMs) {}

    private final long windowMs;
    private long startedMs;

    /** The last ones, the youngest last; made with the first one. */
    private List<Arrival> arrivals = Collections.emptyList();

    Movement(long helloMinMs, long nowMs) {
        this.windowMs = WINDOW_INTERVALS * helloMinMs;
        this.startedMs = nowMs;
    }

    /** The link is up again: everybody is met for the first time. */
    void restart(long nowMs) {
        startedMs = nowMs;
        arrivals.clear();
    }

    /** A neighbour that was heard for the first time, or after a silence that ends a link, hears this node, too. */
    void arrived(long nowMs, NodeId who, LinkAddress address) {
        if (nowMs - startedMs < windowMs) {
            return;
        }
        Iterator<Arrival> known = arrivals.iterator();
        while (known.hasNext()) {
            Arrival each = known.next();
            if (each.who.equals(who) || each.address.equals(address)) {
                known.remove();
            }
        }
        if (arrivals.isEmpty()) {
            arrivals = new ArrayList<>(ARRIVALS);
        } else if (arrivals.size() == ARRIVALS) {
            arrivals.remove(0);
        }
        arrivals.add(new Arrival(who, address, nowMs));
    }

    boolean isRestless(long nowMs) {
        return restlessUntilMs() - nowMs > 0;
    }

    /** When it ends, unless more arrive; long ago if nothing moves. */
    long restlessUntilMs() {
        return arrivals.size() == ARRIVALS ? arrivals.get(0).atMs + windowMs : Long.MIN_VALUE / 2;
    }
}
