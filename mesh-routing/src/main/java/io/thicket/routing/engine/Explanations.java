package io.thicket.routing.engine;

import io.thicket.routing.RouteExplanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts into words' reach what a route entry holds: why this way, and why not the others. */
final class Explanations {
    private Explanations() {}

    static RouteExplanation of(long nowMs, RouteEntry entry, RoutingTable routes) {
        List<RouteExplanation.Alternate> alternates = new ArrayList<>(KnownWays.MAX_ALTERNATES + 1);
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            alternates.add(alternate(nowMs, entry, alternate, routes));
        }
        Candidate current = entry.current();
        if (current != null && entry.nextHop() == null) {
            alternates.add(alternate(nowMs, entry, current, routes)); // BROKEN: kept while its link may recover
        }
        alternates.sort(Comparator.comparingLong(alternate -> alternate.advertised() + alternate.cost()));
        return new RouteExplanation(nowMs, SnapshotBuilder.route(nowMs, entry, entry.notes()), alternates);
    }

    private static RouteExplanation.Alternate alternate(
            long nowMs, RouteEntry entry, Candidate candidate, RoutingTable routes) {
        return new RouteExplanation.Alternate(
                candidate.hop().id(),
                candidate.seq(),
                candidate.advertised(),
                candidate.hop().cost(),
                candidate.ageMs(nowMs),
                routes.verdict(nowMs, entry, candidate));
    }
}
