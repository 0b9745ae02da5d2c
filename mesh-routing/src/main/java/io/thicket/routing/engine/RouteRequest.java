package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One route request as this node knows it: the copies that came (each a reverse hop), what was sent on, what answered. */
final class RouteRequest {
    /** Reverse hops remembered, the best ones. */
    static final int MAX_COPIES = 8;

    /** Relays remembered for coverage. */
    static final int MAX_RELAYS = 64;

    /** 4.1 I15: copies that this node sends of one request. */
    static final int MAX_SENDS = 2;

    /** Neighbours that get one reply (2.5). */
    static final int MAX_REPLIED = 3;

    /** A copy of the request: the neighbour it came from is a hop back to the originator. */
    static final class Copy {
        final Neighbor from;
        long distance;
        int hops;
        int ttl;

        Copy(Neighbor from) {
            this.from = from;
        }
    }

    /** As it first came, apart from the frame it came in. */
    final Rreq rreq;

    final long firstSeenMs;

    /** Who vouches for it. */
    Proofs.Proof proof = Proofs.Proof.UNPROVEN;

    /** The originator's IDENT if it came beside the request: it goes on beside it. */
    @Nullable
    Ident ident;

    /** The best copies, the best first. */
    final List<Copy> copies = new ArrayList<>(2);

    /** Who was heard sending it, on whatever link. */
    final List<Neighbor> relays = new ArrayList<>(4);

    /** The largest TTL that a copy left. */
    int ttl;

    /** Flooded copies that this node sent. */
    int sends;

    /** The distance of the best copy when this node sent its own last. */
    long sentDistance = Long.MAX_VALUE;

    /** Its time to be sent came: it was, or its audience was covered. */
    boolean settled;

    /** It was sent on along a route. */
    boolean directed;

    /** Nothing derived from it may be sent (U6), or its originator has had enough. */
    boolean dead;

    /** As its target: an answer is due or was given. */
    boolean answering;

    /** Neighbours that were sent the reply. */
    final List<Neighbor> repliedTo = new ArrayList<>(1);

    /** A reply is under way to a neighbour, or one took it. */
    boolean replying;

    RouteRequest(Rreq rreq, long nowMs) {
        this.rreq = rreq;
        this.firstSeenMs = nowMs;
    }

    NodeId target() {
        return rreq.target();
    }

    /** Notes that {@code from} sent a copy. The distance over it is the metric in the copy and the cost of the hop. */
    void heard(Neighbor from, Rreq copy) {
        ttl = Math.max(ttl, copy.ttl());
        if (!relays.contains(from) && relays.size() < MAX_RELAYS) {
            relays.add(from);
        }
        Copy known = copyFrom(from);
        if (known == null) {
            known = new Copy(from);
            copies.add(known);
        }
        known.distance = copy.metric() + from.cost();
        known.hops = copy.hops();
        known.ttl = copy.ttl();
        copies.sort(Comparator.<Copy>comparingLong(each -> each.distance)
                .thenComparingInt(each -> each.hops)
                .thenComparing(each -> each.from.id()));
        if (copies.size() > MAX_COPIES) {
            copies.remove(MAX_COPIES);
        }
    }

    /** Metric of the best copy, or more than any metric. */
    long bestDistance() {
        return copies.isEmpty() ? Long.MAX_VALUE : copies.get(0).distance;
    }

    /** Hops from the originator to this node over the best copy. */
    int hopsHere() {
        return copies.isEmpty() ? 0 : Math.min(WireLimits.MAX_HOPS, copies.get(0).hops + 1);
    }

    @Nullable
    Copy copyFrom(Neighbor neighbor) {
        for (Copy copy : copies) {
            if (copy.from == neighbor) {
                return copy;
            }
        }
        return null;
    }
}
