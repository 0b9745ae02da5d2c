package io.thicket.routing.engine;

import io.thicket.routing.DropReason;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves what is in custody to its next hop, and takes it back when that fails (2.4 U8, U9; 2.7). */
final class Forwarder implements ExchangeOwner {
    /** A neighbour that had no room for so long, and took nothing meanwhile, is no good way. */
    private static final long NO_ROOM_MS = 3_000;

    /** Or for so many round trips of a slow link, or of one with much to do. */
    private static final int NO_ROOM_TRIPS = 4;

    /** Longest pause that a neighbour's 5.03 can ask for. */
    private static final long MAX_PAUSE_MS = 10_000;

    /** Who looks for a route where there is none. */
    interface RouteFinder {
        /** Whether a message for {@code target} may wait for a route. */
        boolean mayFind(NodeId target);

        /** A message waits. */
        void want(NodeId target);

        /** A message for {@code target} was taken over from {@code from}. */
        void passed(NodeId target, Neighbor from);

        /** {@code hop} took over a message for {@code target} and names a node that is nearer to it. */
        void shortcut(NodeId target, Neighbor hop, long nearer);
    }

    private final Core core;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final GatewayChoice choice;
    private final NeighborTable neighbors;
    private final CustodyQueue queue;
    private final RelayedMessages relayed;
    private final Stamping stamping;
    private final GatewayPins pins;
    private final HopSender hops;
    private final Bundler bundler;
    private final UnconfirmedAcks unconfirmed;
    private final E2eScores scores;
    private final PathMtus pathMtus;
    private @Nullable RouteFinder finder;
    private boolean dirty;

    Forwarder(
            Core core,
            FrameSender frames,
            RoutingTable routes,
            GatewayTable gateways,
            GatewayChoice choice,
            NeighborTable neighbors,
            OwnGateway ownGateway,
            CustodyQueue queue,
            RelayedMessages relayed,
            E2eScores scores,
            PathMtus pathMtus) {
        this.core = core;
        this.routes = routes;
        this.gateways = gateways;
        this.choice = choice;
        this.neighbors = neighbors;
        this.queue = queue;
        this.relayed = relayed;
        this.scores = scores;
        this.pathMtus = pathMtus;
        this.hops = new HopSender(core, frames, this);
        this.stamping = new Stamping(core, routes, ownGateway, pathMtus);
        this.pins = new GatewayPins(core, gateways, queue, relayed);
        this.bundler = new Bundler(queue, core.scratch);
        this.unconfirmed = new UnconfirmedAcks(core, frames);
    }

    HopSender hops() {
        return hops;
    }

    /** To be called once, before anything is sent. */
    void routesBy(RouteFinder routeFinder) {
        finder = routeFinder;
    }

    /** Whether a message for {@code target}, which no route leads to, may wait for one. */
    boolean mayFind(NodeId target) {
        RouteFinder present = finder;
        return present != null && present.mayFind(target);
    }

    /** No route to {@code target} was found: this node's own messages for it end. */
    void unreachable(NodeId target) {
        for (Held message : queue.takeOwn(target)) {
            end(message, DropReason.NO_ROUTE);
        }
    }

    /** Something changed that may let a message go. */
    void wake() {
        dirty = true;
    }

    /** Takes a message into custody; the caller has checked the room. */
    void take(Held message) {
        queue.add(message);
        dirty = true;
        Neighbor from = message.from;
        if (finder != null && from != null && message.data != null) {
            finder.passed(message.target, from);
        }
    }

    void onDeadline() {
        if (core.agenda.isDue(Agenda.Part.EXCHANGES, core.now())) {
            hops.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.CUSTODY, core.now())) {
            core.agenda.set(Agenda.Part.CUSTODY, MeshRouter.NEVER);
            dirty = true;
        }
    }

    /** Drops what waited too long. */
    void sweep() {
        if (!queue.isEmpty()) {
            queue.expire(core.now(), message -> drop(message, DropReason.TOO_OLD));
        }
    }

    /** Sends whatever has a way and room to go; called at the end of each of the router's calls. */
    void pump() {
        if (!dirty || queue.isEmpty()) {
            dirty = false;
            return;
        }
        dirty = false;
        NodeId gateway = choice.choose(core.now());
        if (gateway != null) {
            pins.moveTo(gateway, routes);
        }
        List<NodeId> targets = core.scratch.targets;
        queue.targets(targets);
        for (int i = 0; i < targets.size(); i++) {
            NodeId target = targets.get(i);
            if (queue.isWaiting(target) && !target.equals(Held.ANY_GATEWAY)) {
                pump(target);
            }
        }
    }

    private void pump(NodeId target) {
        while (queue.isWaiting(target)) {
            Neighbor hop = nextHop(target);
            if (hop == null || !hop.isUsable()) {
                // An E2EACK is not worth a search: the origin repeats its message and is told again.
                if (finder != null && queue.demand(target) != RouteDiscovery.Demand.NOBODY) {
                    finder.want(target);
                }
                hop = nextHop(target);
                if (hop == null || !hop.isUsable()) {
                    return;
                }
            }
            if (!hop.correspondence().hasRoom(core.now(), hop.isRestless(core.now()))) {
                if (hop.correspondence().pausedUntilMs() - core.now() > 0) {
                    core.agenda.atLatest(
                            Agenda.Part.CUSTODY, hop.correspondence().pausedUntilMs());
                }
                return;
            }
            long offerAtMs = queue.mayOfferAtMs(core.now(), target, hop);
            if (offerAtMs - core.now() > 0) {
                core.agenda.atLatest(Agenda.Part.CUSTODY, offerAtMs);
                return;
            }
            boolean urgent = queue.peek(target, true) != null;
            long waitMs = hop.link.duty.waitMs(core.now(), urgent ? DutyBudget.Use.URGENT : DutyBudget.Use.DATA);
            if (waitMs > 0) {
                long roomAtMs = core.now() + waitMs;
                if (roomAtMs < core.agenda.of(Agenda.Part.CUSTODY)) {
                    core.count(RoutingCounter.AIRTIME_WAITS);
                    core.agenda.set(Agenda.Part.CUSTODY, roomAtMs);
                }
                return;
            }
            boolean urgentOnly = hop.link.duty.waitMs(core.now(), DutyBudget.Use.DATA) > 0;
            List<Held> bundle = bundler.take(core.now(), hop, routes, urgentOnly);
            endUnfit(bundle, hop);
            for (int i = 0; i < bundle.size(); i++) {
                stamping.prepare(bundle.get(i), hop);
            }
            if (!bundle.isEmpty() && unconfirmed.suit(bundle, hop) && !bundler.isWaiting(hop, routes)) {
                sendUnconfirmed(bundle, hop);
            } else if (!bundle.isEmpty()) {
                hops.send(bundle, hop);
            }
        }
    }

    /** Custody of these ends with their transmission. */
    private void sendUnconfirmed(List<Held> acks, Neighbor hop) {
        List<MeshMessage> messages = new ArrayList<>(acks.size());
        for (Held ack : acks) {
            messages.add(stamping.stamp(ack, hop));
            queue.release(ack);
            queue.recycle(ack);
        }
        unconfirmed.send(messages, hop);
    }

    /** Ends what must not go to {@code hop}; the rest keeps its order. */
    private void endUnfit(List<Held> bundle, Neighbor hop) {
        int kept = 0;
        for (int i = 0; i < bundle.size(); i++) {
            Held message = bundle.get(i);
            if (!endIfOutdated(message) && !endIfTooLarge(message, hop)) {
                bundle.set(kept++, message);
            }
        }
        while (bundle.size() > kept) {
            bundle.remove(bundle.size() - 1);
        }
    }

    private boolean endIfTooLarge(Held message, Neighbor hop) {
        boolean tooLarge = stamping.isTooLarge(message, hop);
        if (tooLarge) {
            pathMtus.refused(core.now(), message.target, hop.mtuBytes());
            end(message, DropReason.TOO_LARGE);
        }
        return tooLarge;
    }

    /** 2.1: what was numbered before the epoch was repaired does not go out: its number may be taken. */
    private boolean endIfOutdated(Held message) {
        DataFields data = message.data;
        boolean outdated = data != null && message.own && data.epoch() != core.epoch();
        if (outdated) {
            end(message, DropReason.RESTART);
        }
        return outdated;
    }

    @Override
    public MeshMessage stamp(Held message, Neighbor hop) {
        return stamping.stamp(message, hop);
    }

    @Override
    public void takenOver(Held message, Neighbor hop, long firstSentMs, long nearer) {
        boolean fromFirst = core.rules.isOn(RuleSwitches.Rule.U9_FIRST_SENT);
        routes.acknowledged(message.target, hop, fromFirst ? firstSentMs : core.now()); // U9
        DataFields data = message.data;
        if (data != null) {
            relayed.handedOn(
                    relayed.remember(core.now(), data.origin(), data.epoch(), data.number()),
                    message.stampedSeq(),
                    message.stampedMetric());
            if (message.own && isVerified(data)) {
                scores.handedOn(data.number(), message.target, hop, gateways.isSlow(message.target));
            }
        }
        if (finder != null && nearer != HopResult.NOBODY) {
            finder.shortcut(message.target, hop, nearer);
        }
        queue.accepted(message.target, hop);
        queue.release(message);
        queue.recycle(message);
        dirty = true;
    }

    @Override
    public void refused(Held message, Neighbor hop, HopResult result) {
        dirty = true;
        stamping.didNotGetThrough(message);
        switch (result.code()) {
            case NO_ROUTE -> {
                if (!isAboutFormerRoute(message, result, hop)) {
                    routes.withdrawn(core.now(), message.target, hop, Reason.REFUSED);
                }
            }
            case DESCENT_VIOLATED -> {
                core.count(RoutingCounter.DESCENT_ALARMS);
                core.descentAlarm(
                        hop.id(),
                        "refused " + message.target + " at " + message.stampedOnWire() + ", has " + result.distance());
                if (!isAboutFormerRoute(message, result, hop)) {
                    routes.withdrawn(core.now(), message.target, hop, Reason.DESCENT);
                }
            }
            case UNKNOWN_SESSION -> pause(hop, hop.rtoMs());
            case FULL -> {
                long pauseMs = Math.max(hop.rtoMs(), Math.min(result.retryMs(), MAX_PAUSE_MS));
                queue.refused(core.now(), message.target, hop, pauseMs);
            }
            case TOO_LARGE -> {
                if (isPlausible(result, message)) {
                    pathMtus.refused(core.now(), message.target, result.mtuBytes());
                    if (message.own && message.data != null && isVerified(message.data)) {
                        scores.tooLarge(message.target, hop);
                    }
                    end(message, DropReason.TOO_LARGE);
                    return;
                }
                routes.withdrawn(core.now(), message.target, hop, Reason.REFUSED); // it will not pass this on
            }
            case HOP_LIMIT -> {
                end(message, DropReason.HOP_LIMIT);
                return;
            }
            case CUSTODY -> throw new AssertionError("custody is no refusal");
        }
        message.needsAnswer = true;
        queue.putBack(message);
    }

    @Override
    public void foundNoRoom(Held message, Neighbor hop) {
        long patienceMs = Math.max(NO_ROOM_MS, NO_ROOM_TRIPS * hop.rtoMs());
        if (queue.refusedForMs(core.now(), message.target, hop) >= patienceMs && gateways.get(message.target) != null) {
            scores.full(message.target, hop);
        }
    }

    /**
     * Whether the hop announced a newer Seq after the message had left and before this refusal came, which knows nothing of it:
     * it was made before.
     */
    private boolean isAboutFormerRoute(Held message, HopResult refusal, Neighbor hop) {
        RouteEntry route = routes.get(message.target);
        Candidate current = route == null ? null : route.current();
        Distance held = refusal.distance();
        return current != null
                && current.hop() == hop
                && message.isStamped()
                && PackedSeq.isNewer(current.packedSeq(), message.stampedSeq())
                && (held == null || current.isNewerThan(held.seq()));
    }

    /** Whether a link of the size that the refusal names may be too small for the message. */
    private static boolean isPlausible(HopResult tooLarge, Held message) {
        DataFields data = message.data;
        int bytes = FrameForm.UNICAST.overheadBytes()
                + Bundler.dataHeaderBytes()
                + (data == null ? 0 : data.payloadBytes());
        return tooLarge.mtuBytes() >= LinkInfo.MIN_MTU_BYTES && tooLarge.mtuBytes() < bytes;
    }

    private static boolean isVerified(DataFields data) {
        return data.wantsSettle() && data.node() == null;
    }

    @Override
    public void unanswered(Held message, Neighbor hop) {
        dirty = true;
        stamping.didNotGetThrough(message);
        if (message.expiresAtMs - core.now() <= 0) {
            end(message, DropReason.TOO_OLD);
        } else {
            message.needsAnswer = true;
            queue.putBack(message);
        }
    }

    @Override
    public int waitingOver(Interface link, int limit) {
        if (queue.size() < limit) {
            return queue.size(); // few enough, wherever they go
        }
        int waiting = 0;
        List<NodeId> counted = core.scratch.counted;
        queue.targets(counted);
        for (int i = 0; i < counted.size() && waiting < limit; i++) {
            Neighbor hop = nextHop(counted.get(i));
            waiting += hop != null && hop.link == link ? queue.held(counted.get(i)) : 0;
        }
        return waiting;
    }

    @Override
    public boolean isElsewhere(Held message, Neighbor hop, boolean slow) {
        if (slow) {
            routes.useAlternate(core.now(), message.target, hop);
        }
        Neighbor next = nextHop(message.target);
        if (next == null) {
            // No route: hop may have got the message and may answer yet, but it promised to be nearer than the distance
            // of that time only. A better one of now, with a new stamp, would look like a loop to it (U8).
            return !message.isStampedBy(routes.get(message.target));
        }
        return next != hop && next.isUsable();
    }

    @Override
    public void linkProved(Neighbor hop) {
        neighbors.proved(hop);
        dirty = true;
    }

    @Override
    public void linkFailed(Neighbor hop, boolean dead, boolean probed) {
        neighbors.failed(hop, dead, probed);
        dirty = true;
    }

    /** The next hop for {@code target}, null without an ACTIVE route. */
    @Nullable
    Neighbor nextHop(NodeId target) {
        return routes.nextHop(target) instanceof Neighbor hop ? hop : null;
    }

    private void pause(Neighbor hop, long forMs) {
        hop.correspondence().pause(core.now() + forMs);
    }

    /** Custody ends without a taker; the message is still counted in the queue. */
    private void end(Held message, DropReason reason) {
        queue.release(message);
        drop(message, reason);
        queue.recycle(message);
    }

    private void drop(Held message, DropReason reason) {
        DataFields data = message.data;
        if (data == null) {
            return; // an E2EACK: the origin repeats its message, and the gateway answers anew
        }
        relayed.dropped(relayed.remember(core.now(), data.origin(), data.epoch(), data.number()));
        core.count(RoutingCounter.DATA_DROPPED);
        if (!message.internal) {
            core.out().drop(data.id(), data.destination(), reason);
        }
    }
}
