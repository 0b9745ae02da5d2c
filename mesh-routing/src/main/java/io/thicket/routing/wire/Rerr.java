package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.util.List;

/** Type 3: I no longer reach these. A hint; the truth is the refusal in the hop's reply. 1 to 16 destinations. */
public record Rerr(List<Unreachable> unreachable) implements MeshMessage {
    static final int TYPE = 3;

    /** Why a destination is unreachable. The wire value is the ordinal + 1. */
    public enum Reason {
        LINK,
        NO_ROUTE,
        EXPIRED,
        DESCENT,
        POLICY
    }

    /** One lost destination and the Seq its route had. */
    public record Unreachable(NodeId destination, Seq seq, Reason reason) {
        public Unreachable {
            Checks.seq(seq);
        }
    }

    public Rerr {
        unreachable = List.copyOf(unreachable);
        if (unreachable.isEmpty() || unreachable.size() > WireLimits.MAX_UNREACHABLE) {
            throw new IllegalArgumentException("an RERR names 1 to 16 destinations, not " + unreachable.size());
        }
    }

    @Override
    public int type() {
        return TYPE;
    }
}
