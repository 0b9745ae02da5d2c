package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import java.util.Collection;

/**
 * HELLOs beside the regular ones for the sake of gateways (2.5): neighbours hear soon of a changed way; who has no way calls until it has
 * one; and since one HELLO may be lost, a neighbour that seems to know no gateway is told several times.
 *
 * <p>Differs from 2.5, where a lost gateway resets Trickle: in a full medium ways are lost all the time, and each reset is five more HELLOs
 * although the first one was answered (sequence 29).
 */
final class GatewayNews {
    /** A changed tree is announced within this time. */
    private static final long TREE_CHANGE_MS = 2_000;

    /** Up to so many neighbours a node need not wait long with its news. */
    private static final int FEW_NEIGHBORS = 4;

    private final Core core;
    private final Collection<Interface> links;
    private final NeighborTable neighbors;
    private final GatewayTable gateways;
    private final OwnGateway ownGateway;
    private final CustodyQueue queue;

    /** Some neighbour may be one that knows no gateway. */
    private boolean anyLacksGateway;

    GatewayNews(
            Core core,
            Collection<Interface> links,
            NeighborTable neighbors,
            GatewayTable gateways,
            OwnGateway ownGateway,
            CustodyQueue queue) {
        this.core = core;
        this.links = links;
        this.neighbors = neighbors;
        this.gateways = gateways;
        this.ownGateway = ownGateway;
        this.queue = queue;
    }

    /** The way to {@code gateway} was lost, leads over another neighbour, or has another metric. */
    void routeChanged(RouteEntry entry, KnownGateway gateway, boolean lost, boolean moved) {
        boolean jumped = entry.metric() >= 0
                && gateway.lastAnnouncedMetric() >= 0
                && Math.abs(entry.metric() - gateway.lastAnnouncedMetric()) * 4 >= gateway.lastAnnouncedMetric();
        if (!lost && !jumped && !moved) {
            return;
        }
        for (Interface link : links) {
            if (link.isCongested(core.now())) {
                continue; // senders hear it from the refusal, the others with the next HELLO
            }
            if (!lost && !moved && link.isBusy(core.now())) {
                link.thinning.unsaid(); // metrics jump where the medium is full: that is no time for more HELLOs
                continue;
            }
            // A mesh under load changes ways often, and metrics more often still: it must not add HELLOs to the load.
            if (!link.mayTellNews(core.now(), lost)) {
                continue;
            }
            if (lost) {
                link.gatewayNews();
            }
            link.trickle.sendEarly(core.now(), lost || jumped ? jitterMs(link) : TREE_CHANGE_MS);
        }
    }

    /** A HELLO of {@code from} names no gateway; true if this node knows a way that it lacks. */
    boolean isMissing(Neighbor from) {
        from.knowsNoGateway = true;
        anyLacksGateway = true;
        return canOfferTo(from) && mayAnswer(from.link, from.id());
    }

    /** Whether what was heard on {@code link} about or of {@code node} may make a HELLO: nobody makes its neighbours send all the time. */
    boolean mayAnswer(Interface link, NodeId node) {
        return link.mayAnswer(core.now(), node);
    }

    /** Whether {@link #sweep} is needed each second: what else it does depends on ways, and on the series of calls. */
    boolean isAnyLacking() {
        return anyLacksGateway;
    }

    /** Once a second. */
    void sweep() {
        boolean hasWay = hasWay();
        for (Interface link : links) {
            link.forgetNews(core.now());
            if (hasWay) {
                link.endGatewayCalls(core.now());
            } else if (link.sessions > 0 && link.duty.mayHurry(core.now())) {
                call(link);
            }
        }
        if (!anyLacksGateway) {
            return;
        }
        anyLacksGateway = false;
        for (Neighbor neighbor : neighbors.all()) {
            anyLacksGateway |= neighbor.knowsNoGateway;
            if (neighbor.knowsNoGateway
                    && !neighbor.isIn(NeighborState.DOWN)
                    && neighbor.link.duty.mayHurry(core.now())
                    && canOfferTo(neighbor)
                    && neighbor.toldGateways().isDue(core.now())
                    && (neighbor.link.isCongested(core.now()) || mayAnswer(neighbor.link, neighbor.id()))) {
                say(neighbor.link, neighbor.toldGateways());
            }
        }
    }

    private void call(Interface link) {
        if (queue.holds(Held.ANY_GATEWAY)) {
            link.gatewayCalls().goOn();
        }
        if (link.gatewayCalls().isDue(core.now())) {
            say(link, link.gatewayCalls());
        }
    }

    /** A HELLO that a congested link holds back is none of the few that a series has. */
    private void say(Interface link, HelloSeries series) {
        if (!link.isCongested(core.now())) {
            series.made(core.now());
        }
        link.helloSoon(core.now(), jitterMs(link));
    }

    /** The more listen, the more have the same news to tell: an eighth of Imin between few, half of it in a crowd. */
    long jitterMs(Interface link) {
        return link.parameters.helloMinMs() * Math.min(4, 1 + link.sessions / FEW_NEIGHBORS) / 8;
    }

    private boolean hasWay() {
        if (ownGateway.isOffered()) {
            return true;
        }
        for (int i = 0; i < gateways.size(); i++) {
            KnownGateway gateway = gateways.at(i);
            RouteEntry route = gateways.routeOf(gateway);
            if (route != null && route.nextHop() != null && gateway.isOffered(core.now())) {
                return true;
            }
        }
        return false;
    }

    /** Whether this node knows a way to a gateway that does not lead back over {@code neighbor}. */
    private boolean canOfferTo(Neighbor neighbor) {
        if (ownGateway.isOffered() || !core.isRelay()) {
            return ownGateway.isOffered();
        }
        for (int i = 0; i < gateways.size(); i++) {
            KnownGateway gateway = gateways.at(i);
            RouteEntry route = gateways.routeOf(gateway);
            NextHop hop = route == null ? null : route.nextHop();
            if (hop != null && !hop.id().equals(neighbor.id()) && gateway.isOffered(core.now())) {
                return true;
            }
        }
        return false;
    }
}
