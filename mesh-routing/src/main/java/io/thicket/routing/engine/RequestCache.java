package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Rreq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the last seconds by originator and id, own ones included (2.3). */
final class RequestCache {
    /** Requests remembered; the eldest goes first. */
    static final int MAX_REQUESTS = 512;

    private record Key(NodeId origin, long id) {}

    private final LinkedHashMap<Key, RouteRequest> requests = new LinkedHashMap<>();

    /** The request that {@code rreq} is a copy of; one of an older boot of its originator is another request. */
    @Nullable
    RouteRequest find(Rreq rreq) {
        RouteRequest known = find(rreq.origin(), rreq.rreqId());
        boolean olderBoot = known != null
                && known.rreq.originSeq().epoch() < rreq.originSeq().epoch();
        return olderBoot ? null : known;
    }

    @Nullable
    RouteRequest find(NodeId origin, long rreqId) {
        return requests.get(new Key(origin, rreqId));
    }

    RouteRequest add(Rreq rreq, long nowMs) {
        if (requests.size() >= MAX_REQUESTS) {
            Iterator<RouteRequest> eldest = requests.values().iterator();
            eldest.next().dead = true; // whatever still refers to it
            eldest.remove();
        }
        RouteRequest request = new RouteRequest(rreq.detached(), nowMs);
        Key key = new Key(rreq.origin(), rreq.rreqId());
        RouteRequest former = requests.remove(key); // the new one is the youngest
        if (former != null) {
            former.dead = true;
        }
        requests.put(key, request);
        return request;
    }

    Collection<RouteRequest> all() {
        return requests.values();
    }

    /** Forgets what is older than {@code lifeMs}. */
    void expire(long nowMs, long lifeMs) {
        Iterator<RouteRequest> all = requests.values().iterator();
        while (all.hasNext()) {
            RouteRequest request = all.next();
            if (nowMs - request.firstSeenMs < lifeMs) {
                return; // the rest is younger
            }
            request.dead = true;
            all.remove();
        }
    }

    /** When {@link #expire} forgets the eldest. */
    long expiresAtMs(long lifeMs) {
        return requests.isEmpty()
                ? MeshRouter.NEVER
                : requests.values().iterator().next().firstSeenMs + lifeMs;
    }

    /** 4.1, stall: what was heard before is worth nothing now. */
    void clear() {
        List<RouteRequest> all = new ArrayList<>(requests.values());
        requests.clear();
        for (RouteRequest request : all) {
            request.dead = true;
        }
    }
}
