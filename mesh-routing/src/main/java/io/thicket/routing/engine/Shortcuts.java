package io.thicket.routing.engine;

import io.thicket.routing.LinkId;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.HopResult;
import org.jspecify.annotations.Nullable;

/**
 * Makes routes shorter while they work. Where nodes move, the node two hops ahead often comes near; nothing would tell, since the route does
 * not fail. The hop between them sees it, by the heard lists, and names its own next hop in the result that it gives anyway, as RFC 792's
 * redirect does; the one before asks that node (ASK), and its TELL is an advert like any other (U1, U2).
 */
final class Shortcuts {
    /** Questions about one destination. */
    private static final double ASKS_PER_S = 1;

    /** Questions on one link: half of what {@link ControlBudget#mayAsk} allows, since repairs need it more. */
    private static final double LINK_ASKS_PER_S = 5;

    private static final int LINK_ASK_BURST = 2;

    private final Core core;
    private final RoutingTable routes;
    private final NeighborTable neighbors;
    private final AskService asks;
    private @Nullable TokenBuckets<NodeId> asked;
    private @Nullable TokenBuckets<LinkId> askedOn;

    Shortcuts(Core core, RoutingTable routes, NeighborTable neighbors, AskService asks) {
        this.core = core;
        this.routes = routes;
        this.neighbors = neighbors;
        this.asks = asks;
    }

    /** What the result for a message from {@code from} that goes on to {@code next} names, see {@link HopResult#nearer}. */
    static long nearer(long nowMs, Neighbor from, @Nullable Neighbor next) {
        boolean hears = next != null
                && next.link == from.link
                && !from.link.duty.isLimited() // six questions an hour are for repairs
                && next.isRestless(nowMs)
                && next.isFresh(nowMs)
                && HeardList.hears(next.heardList, from.id().prefix());
        return next == null || !hears
                ? HopResult.NOBODY
                : Integer.toUnsignedLong(next.id().prefix());
    }

    /** {@code hop} took over a message for {@code target} and says that a node with this prefix is nearer to it and hears me. */
    void onResult(NodeId target, Neighbor hop, long prefix) {
        RouteEntry route = routes.get(target);
        Neighbor nearer = route == null || route.nextHop() != hop ? null : find(hop.link, prefix);
        if (route != null
                && nearer != null
                && !hop.link.duty.isLimited() // whatever is named there
                && mayAsk(target, hop.link.id)) {
            asks.ask(route, nearer);
        }
    }

    private boolean mayAsk(NodeId target, LinkId link) {
        asked = TokenBuckets.of(asked, ASKS_PER_S, 1);
        askedOn = TokenBuckets.of(askedOn, LINK_ASKS_PER_S, LINK_ASK_BURST);
        return asked.take(core.now(), target) && askedOn.take(core.now(), link);
    }

    private @Nullable Neighbor find(Interface link, long prefix) {
        for (Neighbor neighbor : neighbors.all()) {
            if (neighbor.link == link
                    && Integer.toUnsignedLong(neighbor.id().prefix()) == prefix
                    && neighbor.isUsable()
                    && neighbor.isFresh(core.now())) {
                return neighbor;
            }
        }
        return null;
    }
}
