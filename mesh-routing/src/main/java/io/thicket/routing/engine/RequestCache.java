package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.Rreq;
import org.jspecify.annotations.Nullable;

/** The requests of the last seconds by originator and id, own ones included (2.3). */
final class RequestCache {
    /** Requests remembered; the eldest goes first. */
    static final int MAX_REQUESTS = 512;

    /** In the order they came. */
    private final LinkedTable<RouteRequest> requests;

    private final Agenda agenda;
    private final long lifeMs;

    /** What is older than {@code lifeMs} is forgotten. {@code seed}: see {@link LinkedTable}. */
    RequestCache(Agenda agenda, long lifeMs, long seed) {
        this.agenda = agenda;
        this.lifeMs = lifeMs;
        this.requests = new LinkedTable<>(seed);
    }

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
        return requests.get(origin.value(), rreqId);
    }

    RouteRequest add(Rreq rreq, long nowMs) {
        if (requests.size() >= MAX_REQUESTS) {
            forget(requests.oldest());
        }
        int former = requests.find(rreq.origin().value(), rreq.rreqId());
        if (former != LinkedTable.NONE) {
            forget(former); // the new one is the youngest
        }
        RouteRequest request = new RouteRequest(rreq.detached(), nowMs);
        requests.add(rreq.origin().value(), rreq.rreqId(), request);
        plan();
        return request;
    }

    /** Forgets what is too old. */
    void expire(long nowMs) {
        while (requests.size() > 0 && nowMs - eldest().firstSeenMs >= lifeMs) {
            forget(requests.oldest()); // the rest is younger
        }
        plan();
    }

    /** 4.1, stall: what was heard before is worth nothing now. */
    void clear() {
        while (requests.size() > 0) {
            forget(requests.oldest());
        }
        plan();
    }

    /** When {@link #expire} forgets the eldest. */
    private void plan() {
        agenda.set(Agenda.Part.REQUESTS, requests.size() == 0 ? MeshRouter.NEVER : eldest().firstSeenMs + lifeMs);
    }

    private RouteRequest eldest() {
        return requests.value(requests.oldest());
    }

    private void forget(int slot) {
        requests.value(slot).dead = true; // whatever still refers to it
        requests.remove(slot);
    }
}
