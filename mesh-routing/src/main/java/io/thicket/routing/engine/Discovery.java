package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireLimits;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On-demand discovery and repair (2.5) as the rest of the router sees it: the parts, who calls whom, and what follows
 * from a change of a route.
 */
final class Discovery implements Forwarder.RouteFinder, GatewayRepair.Requester {
    private final Core core;
    private final FrameSender frames;
    private final NeighborTable neighbors;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final CustodyQueue queue;
    private final Forwarder forwarder;
    private final Identities identities;
    private final PathMtus pathMtus;
    private final Collection<Interface> links;
    private final ControlBudget budget;
    private final RouteErrors errors;
    private final AskService asks;
    private final GatewayRepair gatewayRepair;

    /** Drawn at the start, whenever the first request is made; of 32 bits, as on the wire. */
    private final int lastRequestId;

    private @Nullable OnDemand onDemand;

    /** Made for the first one, which only nodes that move see. */
    private @Nullable Shortcuts shortcuts;

    /** {@code links} are the router's, as they come and go. */
    Discovery(
            Core core,
            FrameSender frames,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            GatewayChoice choice,
            CustodyQueue queue,
            Forwarder forwarder,
            Identities identities,
            PathMtus pathMtus,
            Collection<Interface> links) {
        this.core = core;
        this.frames = frames;
        this.neighbors = neighbors;
        this.routes = routes;
        this.gateways = gateways;
        this.queue = queue;
        this.forwarder = forwarder;
        this.identities = identities;
        this.pathMtus = pathMtus;
        this.links = links;
        budget = new ControlBudget(core);
        errors = new RouteErrors(core, frames, routes, budget);
        asks = new AskService(core, frames, routes, forwarder.hops(), budget, links);
        gatewayRepair = new GatewayRepair(core, routes, gateways, choice, queue, this);
        lastRequestId = (int) core.random.nextLong(WireLimits.MAX_U32);
    }

    /** Made for the first request or search. What only ends or forgets something has nothing to do before. */
    private OnDemand onDemand() {
        OnDemand made = onDemand;
        if (made == null) {
            made = new OnDemand(
                    core,
                    frames,
                    neighbors,
                    routes,
                    gateways,
                    forwarder.hops(),
                    identities,
                    pathMtus,
                    links,
                    budget,
                    asks,
                    new SearchOwner(),
                    Integer.toUnsignedLong(lastRequestId));
            onDemand = made;
        }
        return made;
    }

    @Override
    public OwnRequests ownRequests() {
        return onDemand().own;
    }

    /** What an authentic message of discovery or repair says; the result is for the reply if one is wanted. */
    HopResult onMessage(
            Neighbor from, MeshMessage message, List<MeshMessage> frame, boolean confirmable, boolean repeated) {
        if (message instanceof Rreq rreq) {
            return onDemand().service.onRreq(from, rreq, identIn(frame, rreq.origin()), confirmable, repeated);
        } else if (message instanceof Rrep rrep) {
            return onDemand().replies.onRrep(from, rrep, identIn(frame, rrep.target()), repeated);
        } else if (message instanceof Rerr rerr) {
            errors.onRerr(from, rerr);
        } else if (message instanceof Ask ask) {
            asks.onAsk(from, ask);
        } else if (message instanceof Tell tell) {
            asks.onTell(from, tell);
        } else {
            throw new AssertionError(message);
        }
        return HopResult.of(HopCode.CUSTODY);
    }

    /** Tells {@code from} of a refusal of its {@code ack}, which came without an exchange. */
    void refuse(Neighbor from, E2eAck ack, HopCode code) {
        Distance descent = ack.descent();
        if (descent != null && (code == HopCode.NO_ROUTE || code == HopCode.DESCENT_VIOLATED)) {
            Rerr.Reason reason = code == HopCode.NO_ROUTE ? Rerr.Reason.NO_ROUTE : Rerr.Reason.DESCENT;
            errors.tell(from, new Rerr.Unreachable(ack.origin(), descent.seq(), reason));
        }
    }

    private static @Nullable Ident identIn(List<MeshMessage> frame, NodeId owner) {
        for (MeshMessage message : frame) {
            if (message instanceof Ident ident && ident.id().equals(owner)) {
                return ident;
            }
        }
        return null;
    }

    @Override
    public boolean mayFind(NodeId target) {
        return onDemand().searches.mayFind(target);
    }

    @Override
    public void want(NodeId target) {
        onDemand().searches.want(target);
    }

    @Override
    public void passed(NodeId target, Neighbor from) {
        errors.precursors().used(core.now(), target, from);
    }

    @Override
    public void shortcut(NodeId target, Neighbor hop, long nearer) {
        Shortcuts made = shortcuts == null ? new Shortcuts(core, routes, neighbors, asks) : shortcuts;
        shortcuts = made;
        made.onResult(target, hop, nearer);
    }

    /** Once a second. */
    void sweep() {
        if (core.agenda.isDue(Agenda.Part.REQUESTS, core.now())) {
            onDemand().requests.expire(core.now());
        }
        gatewayRepair.sweep();
    }

    void onDeadline() {
        long nowMs = core.now();
        if (core.agenda.isDue(Agenda.Part.FLOODS, nowMs)) {
            onDemand().floods.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.REPLIES, nowMs)) {
            onDemand().replies.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.ERRORS, nowMs)) {
            errors.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.SEARCHES, nowMs)) {
            onDemand().searches.onDeadline();
        }
    }

    void linkUsable(Neighbor neighbor) {
        if (onDemand != null) {
            onDemand.linkUsable(neighbor);
        }
    }

    void routeChanged(RouteEntry entry, RouteChange.Reason reason, boolean lost) {
        if (entry.nextHop() != null) {
            if (onDemand != null) {
                onDemand.searches.found(entry);
            }
        } else if (lost && gateways.get(entry.destination()) == null && !queue.holds(entry.destination())) {
            errors.lost(entry, reason); // with a message in custody the repair comes first
        }
    }

    /** 4.1, stall: what was heard before is worth nothing now. */
    void stalled() {
        if (onDemand != null) {
            onDemand.stalled();
        }
    }

    private final class SearchOwner implements RouteDiscovery.Owner {
        @Override
        public RouteDiscovery.Demand demand(NodeId target) {
            return queue.demand(target);
        }

        @Override
        public void failed(NodeId target) {
            forwarder.unreachable(target);
        }

        @Override
        public void unrepaired(RouteEntry entry) {
            if (gateways.get(entry.destination()) == null) {
                errors.lost(entry, entry.lastReason());
            }
        }
    }
}
