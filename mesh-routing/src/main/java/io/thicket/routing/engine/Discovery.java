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
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On-demand discovery and repair (2.5) as the rest of the router sees it: the parts, who calls whom, and what follows
 * from a change of a route.
 */
final class Discovery implements Forwarder.RouteFinder {
    private final Core core;
    private final GatewayTable gateways;
    private final CustodyQueue queue;
    private final RequestCache requests;
    private final RequestService service;
    private final FloodRelay floods;
    private final ReplyService replies;
    private final RouteErrors errors;
    private final AskService asks;
    private final Shortcuts shortcuts;
    private final RouteDiscovery searches;
    private final GatewayRepair gatewayRepair;

    /** {@code links} are the router's, as they come and go. */
    Discovery(
            Core core,
            FrameSender frames,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            CustodyQueue queue,
            Forwarder forwarder,
            Identities identities,
            PathMtus pathMtus,
            Collection<Interface> links) {
        this.core = core;
        this.gateways = gateways;
        this.queue = queue;
        long lifeMs = 0;
        for (RoutingParameters parameters : core.config.parameters().values()) {
            DiscoveryParameters discovery = parameters.discovery();
            lifeMs = Math.max(lifeMs, 2 * discovery.ringTimeoutMs(discovery.maxTtl()));
        }
        this.requests = new RequestCache(core.agenda, lifeMs, core.tableSeed);
        HopSender hops = forwarder.hops();
        ControlBudget budget = new ControlBudget(core);
        Proofs proofs = new Proofs(core, identities, budget);
        floods = new FloodRelay(core, frames, routes, gateways, new Coverage(neighbors), budget, links);
        replies = new ReplyService(core, routes, gateways, hops, requests, proofs, pathMtus, this::answered);
        service = new RequestService(core, routes, neighbors, hops, requests, floods, replies, proofs, budget);
        errors = new RouteErrors(core, frames, routes, budget);
        asks = new AskService(core, frames, routes, hops, budget, links);
        shortcuts = new Shortcuts(core, routes, neighbors, asks);
        OwnRequests own = new OwnRequests(core, routes, requests, floods, hops, proofs, budget);
        searches = new RouteDiscovery(core, routes, neighbors, links, asks, own, new SearchOwner(forwarder));
        gatewayRepair = new GatewayRepair(core, routes, gateways, own);
    }

    private void answered(Rrep rrep) {
        searches.answered(rrep);
    }

    /** What an authentic message of discovery or repair says; the result is for the reply if one is wanted. */
    HopResult onMessage(
            Neighbor from, MeshMessage message, List<MeshMessage> frame, boolean confirmable, boolean repeated) {
        if (message instanceof Rreq rreq) {
            return service.onRreq(from, rreq, identIn(frame, rreq.origin()), confirmable, repeated);
        } else if (message instanceof Rrep rrep) {
            return replies.onRrep(from, rrep, identIn(frame, rrep.target()), repeated);
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
        return searches.mayFind(target);
    }

    @Override
    public void want(NodeId target) {
        searches.want(target);
    }

    @Override
    public void passed(NodeId target, Neighbor from) {
        errors.precursors().used(core.now(), target, from);
    }

    @Override
    public void shortcut(NodeId target, Neighbor hop, long nearer) {
        shortcuts.onResult(target, hop, nearer);
    }

    /** Once a second. */
    void sweep() {
        if (core.agenda.isDue(Agenda.Part.REQUESTS, core.now())) {
            requests.expire(core.now());
        }
        gatewayRepair.sweep();
    }

    void onDeadline() {
        long nowMs = core.now();
        if (core.agenda.isDue(Agenda.Part.FLOODS, nowMs)) {
            floods.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.REPLIES, nowMs)) {
            replies.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.ERRORS, nowMs)) {
            errors.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.SEARCHES, nowMs)) {
            searches.onDeadline();
        }
    }

    void linkUsable(Neighbor neighbor) {
        searches.linkUsable();
        service.linkUsable(neighbor);
    }

    void routeChanged(RouteEntry entry, RouteChange.Reason reason, boolean lost) {
        if (entry.nextHop() != null) {
            searches.found(entry);
        } else if (lost && gateways.get(entry.destination()) == null && !queue.holds(entry.destination())) {
            errors.lost(entry, reason); // with a message in custody the repair comes first
        }
    }

    /** 4.1, stall: what was heard before is worth nothing now. */
    void stalled() {
        requests.clear();
        service.clear();
    }

    private final class SearchOwner implements RouteDiscovery.Owner {
        private final Forwarder forwarder;

        SearchOwner(Forwarder forwarder) {
            this.forwarder = forwarder;
        }

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
