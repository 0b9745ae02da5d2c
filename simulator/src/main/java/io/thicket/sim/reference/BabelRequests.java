package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RFC 8966 s3.2.7: seqno requests, own and forwarded, that wait for an answer; at most one a prefix. */
final class BabelRequests {
    /** RFC 8966 appendix B: 2 s at first. */
    static final long FIRST_RETRY_MS = 2_000;

    /** A request to send now; {@code neighbor} null means everybody. */
    record Request(int prefix, int seqno, @Nullable Integer neighbor) {}

    private static final class Pending {
        final int seqno;
        final @Nullable Integer neighbor;
        int triesLeft;
        long waitMs = FIRST_RETRY_MS;
        long nextMs;

        Pending(int seqno, @Nullable Integer neighbor, int triesLeft, long nextMs) {
            this.seqno = seqno;
            this.neighbor = neighbor;
            this.triesLeft = triesLeft;
            this.nextMs = nextMs;
        }
    }

    private final Map<Integer, Pending> pending = new LinkedHashMap<>();

    /** True if the request is new and must be sent; {@code tries} is how often in all. */
    boolean start(long nowMs, int prefix, int seqno, @Nullable Integer neighbor, int tries) {
        Pending before = pending.get(prefix);
        // One that asked a single neighbour gives way to one that asks everybody.
        if (before != null && !BabelSeq.isNewer(seqno, before.seqno) && (neighbor != null || before.neighbor == null)) {
            return false;
        }
        pending.put(prefix, new Pending(seqno, neighbor, tries - 1, nowMs + FIRST_RETRY_MS));
        return true;
    }

    /** Whether somebody waited for {@code prefix} with this number. */
    boolean satisfied(int prefix, int seqno) {
        Pending request = pending.get(prefix);
        if (request == null || BabelSeq.isNewer(request.seqno, seqno)) {
            return false;
        }
        pending.remove(prefix);
        return true;
    }

    List<Request> due(long nowMs) {
        List<Request> due = new ArrayList<>();
        Iterator<Map.Entry<Integer, Pending>> entries = pending.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Integer, Pending> entry = entries.next();
            Pending request = entry.getValue();
            if (request.nextMs > nowMs) {
                continue;
            }
            if (request.triesLeft == 0) {
                entries.remove();
                continue;
            }
            request.triesLeft--;
            request.waitMs *= 2;
            request.nextMs = nowMs + request.waitMs;
            due.add(new Request(entry.getKey(), request.seqno, request.neighbor));
        }
        return due;
    }

    long nextMs() {
        long next = MeshRouter.NEVER;
        for (Pending request : pending.values()) {
            next = Math.min(next, request.nextMs);
        }
        return next;
    }

    int size() {
        return pending.size();
    }
}
