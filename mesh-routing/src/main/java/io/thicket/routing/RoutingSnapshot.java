package io.thicket.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of one router.
 *
 * @param self who it is
 * @param ownSeq its own sequence number
 * @param bootTag the 4-byte tag of this boot
 * @param gateway whether this node is a gateway
 * @param pinnedGateway the gateway that anycast messages go to now, null if none is known
 * @param queued DATA messages held here (own and in custody)
 * @param neighbors in order of NodeId
 * @param routes in order of destination
 * @param gateways in order of NodeId
 * @param counters every counter, in declaration order
 * @param airtime of the links that may send only a share of the time, in order of LinkId
 */
public record RoutingSnapshot(
        NodeId self,
        Seq ownSeq,
        int bootTag,
        boolean gateway,
        @Nullable NodeId pinnedGateway,
        int queued,
        List<Neighbor> neighbors,
        List<Route> routes,
        List<Gateway> gateways,
        Map<RoutingCounter, Long> counters,
        List<Airtime> airtime) {

    /** States of a neighbour session on one link. */
    public enum NeighborState {
        HEARD,
        TWO_WAY,
        SUSPECT,
        DOWN,
        BLACKLISTED
    }

    /** States of a route. */
    public enum RouteState {
        DISCOVERING,
        UNCONFIRMED,
        ACTIVE,
        BROKEN
    }

    /**
     * A neighbour on one link.
     *
     * @param bootTag of the boot the session is with
     * @param cost of the hop in 10 us units
     * @param etx expected transmissions, 1.0 is perfect
     * @param rttMs smoothed, -1 if not measured yet
     * @param receivedPercent of its last HELLOs, how many were heard
     */
    public record Neighbor(
            NodeId id,
            int bootTag,
            LinkId link,
            LinkAddress address,
            NeighborState state,
            long cost,
            double etx,
            double rttMs,
            long lastHeardAgoMs,
            int receivedPercent) {
        /** A neighbour whose every HELLO is heard. */
        public Neighbor(
                NodeId id,
                int bootTag,
                LinkId link,
                LinkAddress address,
                NeighborState state,
                long cost,
                double etx,
                double rttMs,
                long lastHeardAgoMs) {
            this(id, bootTag, link, address, state, cost, etx, rttMs, lastHeardAgoMs, 100);
        }
    }

    /**
     * A held destination.
     *
     * @param nextHop null unless a route is current
     * @param nextHopBootTag 0 unless a route is current
     * @param seq of the current route, else of the feasibility distance
     * @param metric in 10 us units, -1 if no route is current
     * @param hops to the destination, -1 if unknown
     * @param feasibleSeq the feasibility distance's sequence number
     * @param feasibleMetric the feasibility distance's metric
     * @param validForMs remaining life, 0 if none
     * @param alternates stored alternates
     * @param lastReason why it is as it is
     * @param reasons the last ones, at most eight, oldest first; only in {@link MeshRouter#explain}, empty in a picture of
     *     all routes
     */
    public record Route(
            NodeId destination,
            RouteState state,
            @Nullable NodeId nextHop,
            int nextHopBootTag,
            Seq seq,
            long metric,
            int hops,
            Seq feasibleSeq,
            long feasibleMetric,
            long validForMs,
            int alternates,
            RouteChange.Reason lastReason,
            List<RouteNote> reasons) {
        public Route {
            reasons = List.copyOf(reasons);
        }

        /** A route whose history nobody asks for. */
        public Route(
                NodeId destination,
                RouteState state,
                @Nullable NodeId nextHop,
                int nextHopBootTag,
                Seq seq,
                long metric,
                int hops,
                Seq feasibleSeq,
                long feasibleMetric,
                long validForMs,
                int alternates,
                RouteChange.Reason lastReason) {
            this(
                    destination,
                    state,
                    nextHop,
                    nextHopBootTag,
                    seq,
                    metric,
                    hops,
                    feasibleSeq,
                    feasibleMetric,
                    validForMs,
                    alternates,
                    lastReason,
                    List.of());
        }
    }

    /** A gateway as announced. {@code hops} is -1 and {@code metric} -1 if no route leads there now. */
    public record Gateway(
            NodeId id, Seq seq, long metric, int hops, boolean uplink, boolean accepting, int loadPercent) {}

    /**
     * What a link with a duty cycle sent and may still send.
     *
     * @param perHourMs airtime that it may use in an hour
     * @param usedMs of the last 60 to 61 minutes
     * @param availableMs that could be used at once now; DATA and control leave a part of it to what is more important
     * @param controlMs of it for control
     */
    public record Airtime(LinkId link, long perHourMs, long usedMs, long availableMs, long controlMs) {}

    public RoutingSnapshot {
        neighbors = List.copyOf(neighbors);
        routes = List.copyOf(routes);
        gateways = List.copyOf(gateways);
        airtime = List.copyOf(airtime);
    }

    /** Of a router whose links may always send. */
    public RoutingSnapshot(
            NodeId self,
            Seq ownSeq,
            int bootTag,
            boolean gateway,
            @Nullable NodeId pinnedGateway,
            int queued,
            List<Neighbor> neighbors,
            List<Route> routes,
            List<Gateway> gateways,
            Map<RoutingCounter, Long> counters) {
        this(self, ownSeq, bootTag, gateway, pinnedGateway, queued, neighbors, routes, gateways, counters, List.of());
    }
}
