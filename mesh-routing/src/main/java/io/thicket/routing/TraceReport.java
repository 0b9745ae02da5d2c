package io.thicket.routing;

import java.util.List;

/**
 * What came of a trace: the nodes that it passed, in order.
 *
 * @param traceId as {@link MeshRouter#trace} returned it
 * @param target the node that was asked for
 * @param end how it ended
 * @param rttMs from its start to its answer, -1 without one
 * @param forth this node first, then each hop; the last one is the target or where it ended
 * @param back the nodes that the answer passed; they may be others
 */
public record TraceReport(long traceId, NodeId target, End end, long rttMs, List<Hop> forth, List<Hop> back) {
    /** Ends of a trace. */
    public enum End {
        REACHED,
        /** The last node of {@code forth} has no route on. */
        NO_ROUTE,
        /** The last node of {@code forth} sent it on and heard nothing. */
        NO_ANSWER
    }

    /**
     * What one node wrote down.
     *
     * @param metric of its route to where the trace was going, in 10 us units; -1 without one, 0 at the target
     * @param reason why the route is as it is
     * @param queued messages held there
     * @param rttMs smoothed round-trip time to its next hop, 0 if not measured
     */
    public record Hop(NodeId id, long metric, RouteChange.Reason reason, int queued, long rttMs) {}

    public TraceReport {
        forth = List.copyOf(forth);
        back = List.copyOf(back);
    }
}
