package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import java.util.LinkedHashMap;

/** I15: each node broadcasts a given RREQ at most twice. */
public final class RreqAtMostTwice implements MessageInvariant {
    private static final int MAX_SENDS = 2;

    /** Requests remembered; the oldest goes. */
    static final int MAX_REQUESTS = 16_384;

    private record Request(Party from, NodeId origin, Seq originSeq, long id) {}

    private final LinkedHashMap<Request, Integer> sends = new LinkedHashMap<>();

    @Override
    public String name() {
        return "I15 each RREQ at most twice";
    }

    @Override
    public String sent(long nowMs, Party from, Party to, MeshMessage message) {
        if (!to.equals(Party.EVERYONE) || !(message instanceof Rreq rreq)) {
            return "";
        }
        Request request = new Request(from, rreq.origin(), rreq.originSeq(), rreq.rreqId());
        int count = sends.merge(request, 1, Integer::sum);
        if (sends.size() > MAX_REQUESTS) {
            sends.remove(sends.keySet().iterator().next());
        }
        return count <= MAX_SENDS
                ? ""
                : "node " + from.node() + " broadcasts RREQ " + rreq.rreqId() + " of " + rreq.origin() + " " + count
                        + " times";
    }
}
