package io.thicket.routing;

import java.util.List;

/**
 * Everything that one router holds about one destination, and why it does as it does.
 *
 * @param nowMs the router's clock at the time of the question
 * @param route the route and its last reasons
 * @param alternates the stored adverts of other neighbours, the cheapest first
 */
public record RouteExplanation(long nowMs, RoutingSnapshot.Route route, List<Alternate> alternates) {
    /** Whether an alternate could take the route's place. */
    public enum Verdict {
        /** At once; only the present route is better, or not worse enough. */
        READY,
        /** Not strictly nearer than the feasibility distance (U1): using it could make a loop. */
        INFEASIBLE,
        /** Its link is not known to work both ways. */
        LINK,
        /** Its metric is beyond the largest. */
        UNREACHABLE,
        /** Its advert is older than alternates live (A). */
        OLD
    }

    /**
     * Another neighbour's advert.
     *
     * @param advertised the neighbour's own metric in 10 us units
     * @param cost of the hop to the neighbour in 10 us units
     * @param storedAgoMs since the advert was received
     */
    public record Alternate(NodeId neighbor, Seq seq, long advertised, long cost, long storedAgoMs, Verdict verdict) {}

    public RouteExplanation {
        alternates = List.copyOf(alternates);
    }
}
