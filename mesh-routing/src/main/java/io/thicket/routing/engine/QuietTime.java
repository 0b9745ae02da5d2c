package io.thicket.routing.engine;

/**
 * Until when a sweep of the router has nothing to do if nothing comes in meanwhile. Each part says when something of its own is over;
 * what has no such time keeps the router awake each second. Too early is harmless, too late is not.
 */
final class QuietTime {
    private final Core core;
    private final Links links;
    private final NeighborTable neighbors;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final GatewayChoice choice;
    private final OwnGateway ownGateway;
    private final GatewayNews gatewayNews;
    private final CustodyQueue queue;
    private final IdentSchedule idents;

    QuietTime(
            Core core,
            Links links,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            GatewayChoice choice,
            OwnGateway ownGateway,
            GatewayNews gatewayNews,
            CustodyQueue queue,
            IdentSchedule idents) {
        this.core = core;
        this.links = links;
        this.neighbors = neighbors;
        this.routes = routes;
        this.gateways = gateways;
        this.choice = choice;
        this.ownGateway = ownGateway;
        this.gatewayNews = gatewayNews;
        this.queue = queue;
        this.idents = idents;
    }

    /** A time that is not after now if the next second's sweep may have something to do. */
    long untilMs() {
        long nowMs = core.now();
        if (!queue.isEmpty() || gatewayNews.isAnyLacking()) {
            return nowMs;
        }
        // Compared, not subtracted: what is due whenever it may be says Long.MIN_VALUE.
        long untilMs = Math.min(neighbors.sweepAtMs(), routes.sweepAtMs());
        untilMs = Math.min(untilMs, core.agenda.sweepAtMs());
        untilMs = Math.min(untilMs, links.quietUntilMs(nowMs));
        return untilMs <= nowMs ? nowMs : Math.max(nowMs, Math.min(untilMs, gatewaysMs(nowMs)));
    }

    /** Gateways are called for and chosen among as long as anything about them can change with time alone. */
    private long gatewaysMs(long nowMs) {
        long untilMs = gateways.sweepAtMs();
        if (!choice.isSettled(nowMs)) {
            return nowMs;
        }
        KnownGateway pinned = choice.settled();
        if (pinned != null && !idents.isKnownTo(pinned.id, pinned.epoch()) && !ownGateway.isGateway()) {
            return nowMs;
        }
        boolean hasWay = false;
        for (int i = 0; i < gateways.size(); i++) {
            KnownGateway gateway = gateways.at(i);
            RouteEntry route = gateways.routeOf(gateway);
            boolean isOffered = gateway.isOffered(nowMs);
            if (isOffered) {
                untilMs = Math.min(untilMs, gateway.expiresAtMs);
            }
            if (route != null && route.hasAlternates() && GatewayRepair.isLacking(nowMs, routes, route)) {
                return nowMs; // GatewayRepair asks for it
            }
            hasWay |= isOffered && route != null && route.nextHop() != null;
        }
        return hasWay || ownGateway.isOffered() ? untilMs : nowMs;
    }
}
