package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.RouterEffects;
import io.thicket.sim.reference.AodvMessage.Rreq;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RFC 3561 s6.3, s6.4: own route requests in growing rings, with retries, backoff and a limited rate. */
final class AodvDiscovery {
    private static final class Search {
        int timeToLive;
        /** Requests sent over the whole diameter. */
        int fullRequests;
        /** False while the rate limit holds back the next request. */
        boolean waitingForAnswer;

        long nextMs;
    }

    private final AodvCore core;
    private final SeenCache seen;
    private final RateLimit rate;
    private final Map<Integer, Search> searches = new LinkedHashMap<>();
    private int rreqId;

    AodvDiscovery(AodvCore core, SeenCache seen) {
        this.core = core;
        this.seen = seen;
        this.rate = new RateLimit(core.parameters.rreqRateLimit());
    }

    /** Begins to look for {@code destination} if nothing does yet. */
    void search(long nowMs, int destination, RouterEffects effects) {
        if (searches.containsKey(destination)) {
            return;
        }
        Search search = new Search();
        search.timeToLive = firstRing(nowMs, destination);
        searches.put(destination, search);
        request(nowMs, destination, search, effects);
    }

    void found(int destination) {
        searches.remove(destination);
    }

    boolean isSearching(int destination) {
        return searches.containsKey(destination);
    }

    /** Goes on with every search that is due; returns the destinations that were given up. */
    List<Integer> onDeadline(long nowMs, PacketQueue queue, RouterEffects effects) {
        List<Integer> due = new ArrayList<>();
        for (Map.Entry<Integer, Search> entry : searches.entrySet()) {
            if (entry.getValue().nextMs <= nowMs) {
                due.add(entry.getKey());
            }
        }
        List<Integer> givenUp = new ArrayList<>();
        for (int destination : due) {
            Search search = searches.get(destination);
            if (search == null) {
                continue;
            }
            if (!queue.hasPacketFor(destination)) {
                searches.remove(destination);
            } else if (search.waitingForAnswer && !widen(search)) {
                searches.remove(destination);
                core.table.searchFailed(destination);
                givenUp.add(destination);
            } else {
                request(nowMs, destination, search, effects);
            }
        }
        return givenUp;
    }

    long nextMs() {
        long next = MeshRouter.NEVER;
        for (Search search : searches.values()) {
            next = Math.min(next, search.nextMs);
        }
        return next;
    }

    int size() {
        return searches.size();
    }

    /** s6.4: around where the destination was, if it was known. */
    private int firstRing(long nowMs, int destination) {
        AodvRoute last = core.table.find(nowMs, destination);
        int ring = last == null ? core.parameters.ttlStart() : last.hops + core.parameters.ttlIncrement();
        return ring > core.parameters.ttlThreshold() ? core.parameters.netDiameter() : ring;
    }

    /** The next ring; false if there is none. */
    private boolean widen(Search search) {
        AodvParameters parameters = core.parameters;
        if (search.timeToLive >= parameters.netDiameter()) {
            return search.fullRequests <= parameters.rreqRetries();
        }
        int wider = search.timeToLive + parameters.ttlIncrement();
        search.timeToLive = wider > parameters.ttlThreshold() ? parameters.netDiameter() : wider;
        return true;
    }

    private void request(long nowMs, int destination, Search search, RouterEffects effects) {
        long allowedMs = Math.max(rate.nextMs(nowMs), core.silentUntilMs);
        if (allowedMs > nowMs || !rate.take(nowMs)) {
            search.waitingForAnswer = false;
            search.nextMs = allowedMs;
            return;
        }
        search.waitingForAnswer = true;
        search.nextMs = nowMs + timeoutMs(search);
        core.ownSeq = AodvSeq.next(core.ownSeq); // s6.1: before every own request
        rreqId++;
        seen.isNew(nowMs, core.self, rreqId);
        AodvRoute last = core.table.find(nowMs, destination);
        int lastSeq = last != null && last.seqKnown ? last.seq : AodvMessage.UNKNOWN_SEQ;
        core.broadcast(
                nowMs,
                search.timeToLive,
                new Rreq(
                        core.parameters.gratuitousRrep(),
                        core.parameters.destinationOnly(),
                        lastSeq == AodvMessage.UNKNOWN_SEQ,
                        0,
                        rreqId,
                        destination,
                        lastSeq,
                        core.self,
                        core.ownSeq),
                effects);
    }

    /** s6.3: each request over the whole diameter waits twice as long as the one before; s6.4: a ring its own time. */
    private long timeoutMs(Search search) {
        if (search.timeToLive < core.parameters.netDiameter()) {
            return core.parameters.ringTraversalTimeMs(search.timeToLive);
        }
        search.fullRequests++;
        return core.parameters.netTraversalTimeMs() << Math.min(search.fullRequests - 1, 10);
    }
}
