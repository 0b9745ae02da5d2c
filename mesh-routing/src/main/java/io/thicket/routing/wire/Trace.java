package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import java.util.List;

/**
 * Type 11: asks each hop towards {@code target} to write down why it forwards as it does; the target returns the list.
 *
 * @param traceId names the trace together with the originator
 * @param ttl hops it may still go
 * @param answer whether it is on its way back
 * @param hops at most {@link WireLimits#MAX_PATH}
 */
public record Trace(NodeId origin, NodeId target, long traceId, int ttl, boolean answer, List<Hop> hops)
        implements MeshMessage {
    static final int TYPE = 11;

    /**
     * One hop's entry.
     *
     * @param metric of its route to the target, 2^32 - 1 if it has none
     * @param reason the ordinal of the {@code RouteChange.Reason} that made the route
     * @param queued DATA messages held there
     * @param rttMs smoothed to its next hop, 0 if not measured
     */
    public record Hop(NodeId id, long metric, int reason, int queued, long rttMs) {
        public Hop {
            WireLimits.u32(metric, "metric");
            WireLimits.within(reason, 255, "reason");
            WireLimits.within(queued, 0xffff, "queued");
            WireLimits.u32(rttMs, "rtt");
        }
    }

    public Trace {
        WireLimits.u32(traceId, "traceId");
        WireLimits.within(ttl, WireLimits.MAX_HOPS, "ttl");
        hops = List.copyOf(hops);
        WireLimits.within(hops.size(), WireLimits.MAX_PATH, "hops");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
