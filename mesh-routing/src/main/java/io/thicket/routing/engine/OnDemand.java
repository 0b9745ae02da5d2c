package io.thicket.routing.engine;

import io.thicket.routing.wire.Rrep;
import java.util.Collection;

/**
 * RREQs and RREPs (2.5), this node's own and others': the parts that handle them. {@link Discovery} makes them together, with the first
 * request or the first search: where all ways lead to gateways most nodes never have one.
 */
final class OnDemand {
    final RequestCache requests;
    final FloodRelay floods;
    final ReplyService replies;
    final RequestService service;
    final OwnRequests own;
    final RouteDiscovery searches;

    /** {@code lastId}: see {@link OwnRequests}. */
    OnDemand(
            Core core,
            FrameSender frames,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            HopSender hops,
            Identities identities,
            PathMtus pathMtus,
            Collection<Interface> links,
            ControlBudget budget,
            AskService asks,
            RouteDiscovery.Owner owner,
            long lastId) {
        long lifeMs = 0;
        for (RoutingParameters parameters : core.parameters.values()) {
            DiscoveryParameters discovery = parameters.discovery();
            lifeMs = Math.max(lifeMs, 2 * discovery.ringTimeoutMs(discovery.maxTtl()));
        }
        Proofs proofs = new Proofs(core, identities, budget);
        requests = new RequestCache(core.agenda, lifeMs, core.tableSeed);
        floods = new FloodRelay(core, frames, routes, gateways, new Coverage(neighbors), budget, links);
        replies = new ReplyService(core, routes, gateways, hops, requests, proofs, pathMtus, this::answered);
        service = new RequestService(core, routes, neighbors, hops, requests, floods, replies, proofs, budget);
        own = new OwnRequests(core, routes, requests, floods, hops, proofs, budget, lastId);
        searches = new RouteDiscovery(core, routes, neighbors, links, asks, own, owner);
    }

    private void answered(Rrep rrep) {
        searches.answered(rrep);
    }

    void linkUsable(Neighbor neighbor) {
        searches.linkUsable();
        service.linkUsable(neighbor);
    }

    /** 4.1, stall: what was heard before is worth nothing now. */
    void stalled() {
        requests.clear();
        service.clear();
    }
}
