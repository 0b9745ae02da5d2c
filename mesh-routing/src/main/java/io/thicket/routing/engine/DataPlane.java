package io.thicket.routing.engine;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.RuleSwitches.Rule;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.WireLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DATA and E2EACK where they begin, pass and end: custody, duplicates, descent, delivery and settlement (2.7). */
final class DataPlane {
    /** Nodes that wait to be told who this gateway is. */
    private static final int MAX_NEWCOMERS = 256;

    /** Hops that a message may go. */
    static final int TTL = 64;

    /** How long an E2EACK waits at a hop. */
    private static final long ACK_LIFE_MS = 10_000;

    /** What a full node asks for. */
    private static final long FULL_RETRY_MS = 200;

    private final Core core;
    private final RoutingTable routes;
    private final GatewayChoice choice;
    private final OwnGateway ownGateway;
    private final CustodyQueue queue;
    private final Forwarder forwarder;
    private final Identities identities;
    private final RelayedMessages relayed;
    private final E2eScores scores;
    private final GatewayTrust trust;
    private final EpochRepair epochs;
    private final PathMtus pathMtus;
    private @Nullable Arrivals arrivals;

    /** Random at first: a boot whose epoch was used before, since its disk forgot that, is not to bear the numbers of the former one. */
    private long lastNumber;

    DataPlane(
            Core core,
            RoutingTable routes,
            GatewayChoice choice,
            OwnGateway ownGateway,
            CustodyQueue queue,
            Forwarder forwarder,
            Identities identities,
            RelayedMessages relayed,
            E2eScores scores,
            EpochRepair epochs,
            GatewayTrust trust,
            PathMtus pathMtus) {
        this.core = core;
        this.pathMtus = pathMtus;
        this.routes = routes;
        this.choice = choice;
        this.ownGateway = ownGateway;
        this.queue = queue;
        this.forwarder = forwarder;
        this.identities = identities;
        this.relayed = relayed;
        this.scores = scores;
        this.trust = trust;
        this.epochs = epochs;
        this.lastNumber = core.random.nextLong(MessageId.FIRST_NUMBERS);
    }

    /** Bytes that a sealed frame with the next DATA has beside the payload, at most, where no frame is above {@code mtuBytes}. */
    int headerBytes(Destination destination, int mtuBytes) {
        if (mtuBytes >= FrameRoom.SMALL_MTU_BYTES) {
            return FrameRoom.widestHeaderBytes();
        }
        NodeId target = targetOf(destination);
        boolean pinned = destination instanceof Destination.AnyGateway;
        MessageId next = new MessageId(core.self, core.epoch(), lastNumber + 1);
        return FrameRoom.headerBytes(next, destination, pinned ? target : null, seqOf(target), core.ownSeq());
    }

    private @Nullable Seq seqOf(NodeId node) {
        RouteEntry route = routes.get(node);
        return route == null ? null : route.feasibleSeq();
    }

    /** See {@link MeshRouter#send}; sizes were checked. {@code internal} messages are the engine's own. */
    long send(
            Destination destination,
            PayloadType type,
            Priority priority,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            Bytes payload,
            boolean internal) {
        boolean high = priority == Priority.HIGH;
        NodeId target = targetOf(destination);
        boolean local = target.equals(core.self);
        // Fair shares are for the queues towards gateways; what waits for a search of one node is this node's own.
        boolean room = destination instanceof Destination.Node
                ? queue.hasRoom(target, high)
                : queue.hasRoom(target, core.self, high);
        if (!local && !room) {
            return MeshRouter.Refusal.FULL;
        }
        if (!local && destination instanceof Destination.Node && forwarder.nextHop(target) == null) {
            if (internal || target.equals(Held.ANY_GATEWAY) || !forwarder.mayFind(target)) {
                return MeshRouter.Refusal.NO_ROUTE;
            }
        }
        long number = repeats > 0 ? repeats : ++lastNumber;
        lastNumber = Math.max(lastNumber, number);
        MessageId id = new MessageId(core.self, core.epoch(), number);
        NodeId pinned =
                destination instanceof Destination.AnyGateway && !target.equals(Held.ANY_GATEWAY) ? target : null;
        int boundedTurn = Math.max(0, Math.min(turn, Data.MAX_TURN));
        Data data = new Data(
                id, destination, pinned, null, TTL, 0, boundedTurn, 0, wantsSettle, high, null, 0, type, payload);
        DataFields fields = core.scratch.made.set(data);
        if (local) {
            deliver(fields, 0, 0);
            return number;
        }
        int seen = relayed.remember(core.now(), id);
        if (relayed.isHeld(seen)) {
            return number; // still in custody here: it goes out anyway, in the turn it has
        }
        relayed.taken(seen, Math.max(relayed.turn(seen), boundedTurn));
        long ageMs = Math.max(1, wantsSettle ? ageMs(target, maxAgeMs) : maxAgeMs);
        Held held = queue.blank().take(fields, target, null, core.now(), core.now() + ageMs);
        held.internal = internal;
        forwarder.take(held);
        return number;
    }

    /**
     * What its sender repeats until it is settled waits as long as what is relayed. On a link with a duty, where frames are minutes apart,
     * it would else seldom be there when there is airtime, and those of others would take it all.
     */
    private long ageMs(NodeId target, long maxAgeMs) {
        NextHop hop = forwarder.nextHop(target);
        return hop == null ? maxAgeMs : Math.max(maxAgeMs, hop.parameters().queueAgeMs());
    }

    private NodeId targetOf(Destination destination) {
        if (destination instanceof Destination.Node node) {
            return node.id();
        }
        if (ownGateway.isGateway()) {
            return core.self;
        }
        NodeId gateway = choice.choose(core.now());
        return gateway == null ? Held.ANY_GATEWAY : gateway;
    }

    /**
     * The next node whose IDENT ended here, at a gateway, for the first time in its boot; null if none waits. It is told
     * who the gateway is, so that all nodes know their gateway's name (2.2, IDENT: "on request").
     */
    @Nullable
    NodeId pollNewcomer() {
        return arrivals == null ? null : arrivals.newcomers.poll();
    }

    /** The next node that numbers its messages in an epoch older than its own IDENT (2.1); null if none waits. */
    @Nullable
    NodeId pollOutdated() {
        return arrivals == null ? null : arrivals.outdated.poll();
    }

    /**
     * 2.1: whether the origin has signed a later epoch. Then it is a late message of a boot that is over, or the origin's
     * disk was set back and the message may bear the number of another one.
     */
    private boolean isOutdated(NodeId origin, long epoch) {
        Ident proof = identities.proofOf(origin);
        return proof != null && proof.epoch() > epoch;
    }

    /** The origin is shown its own later epoch; one that goes on nevertheless is another machine. */
    private void behind(NodeId origin, long ageMs) {
        Arrivals here = arrivals();
        if (here.outdated.size() < MAX_NEWCOMERS && here.shown.take(core.now(), origin)) {
            here.outdated.add(origin);
            core.agenda.atLatest(Agenda.Part.NEWCOMERS, core.now());
        }
        if (here.twins.isTwin(core.now(), origin, ageMs)) {
            core.cloneAlarm(
                    origin,
                    "two machines use this node's key (a copied SD card?); readings of one of them are not confirmed");
        }
    }

    /** DATA from a live session. The result is custody, or why not. */
    HopResult onData(Neighbor from, DataFields data) {
        NodeId origin = data.origin();
        if (data.registers() && !origin.equals(core.self)) {
            if (!routes.registered(core.now(), origin, from, data.registerSeq(), data.registerMetric(), data.hops())) {
                core.count(RoutingCounter.DROPPED_TABLE_FULL);
            } else {
                pathMtus.told(
                        core.now(),
                        origin,
                        Math.min(data.registerMtuBytes(), from.mtuBytes()),
                        from.parameters().routeLifeMs());
            }
        }
        long ageMs = Math.min(WireLimits.MAX_U32, data.ageMs() + from.transitMs());
        if (endsHere(data)) {
            if (!holdsForSender(from, data.pinned())) {
                return HopResult.of(HopCode.NO_ROUTE);
            }
            boolean newcomer = readIdent(data);
            if (ownGateway.isGateway() && isOutdated(origin, data.epoch())) {
                behind(origin, ageMs);
            }
            if (newcomer && ownGateway.isGateway() && arrivals().newcomers.size() < MAX_NEWCOMERS) {
                arrivals().newcomers.add(origin);
                core.agenda.atLatest(Agenda.Part.NEWCOMERS, core.now());
            }
            deliver(data, data.hops() + 1, ageMs);
            return HopResult.of(HopCode.CUSTODY);
        }
        NodeId node = data.node();
        NodeId target = node != null ? node : data.pinned();
        if (target == null) {
            return HopResult.of(HopCode.NO_ROUTE); // anycast that nobody pinned
        }
        int seen = relayed.find(origin, data.epoch(), data.number());
        boolean remembered = routes.get(target) != null; // U6: no acknowledgement without memory of the distance
        if (seen != DedupWindows.UNKNOWN && remembered && relayed.isDuplicate(seen, data)) {
            relayed.setTurn(seen, Math.max(relayed.turn(seen), data.turn()));
            core.count(RoutingCounter.DATA_DUPLICATES);
            routes.acknowledging(core.now(), target, from.parameters()); // U6: for a duplicate, too
            return HopResult.of(HopCode.CUSTODY);
        }
        HopResult refusal = refusal(
                from,
                target,
                origin,
                data.hasDescent(),
                data.descentEpoch(),
                data.descentCount(),
                data.descentMetric(),
                data.ttl(),
                data.highPriority());
        if (refusal == null) {
            refusal = tooLarge(target, data);
        }
        if (refusal != null) {
            return refusal;
        }
        readIdent(data);
        routes.acknowledging(core.now(), target, from.parameters()); // U6
        relayed.taken(relayed.remember(core.now(), origin, data.epoch(), data.number()), data.turn());
        data.travelled(ageMs);
        forwarder.take(queue.blank()
                .take(
                        data,
                        target,
                        from,
                        core.now(),
                        core.now() + from.parameters().queueAgeMs()));
        long nearer = Shortcuts.nearer(core.now(), from, forwarder.nextHop(target));
        return nearer == HopResult.NOBODY
                ? HopResult.of(HopCode.CUSTODY)
                : new HopResult(HopCode.CUSTODY, null, 0, 0, nearer);
    }

    /** Of a message that is taken only: what is refused comes again. True if its origin was not known before. */
    private boolean readIdent(DataFields data) {
        Ident ident = data.payloadType() == PayloadType.IDENT ? identities.read(data.payload()) : null;
        if (ident == null) {
            return false;
        }
        if (ident.id().equals(core.self)) {
            epochs.onProof(ident);
        }
        return identities.onIdent(ident, data.origin());
    }

    /**
     * The acknowledgement of a message that another gateway's pin brought here keeps the sender's route to that gateway
     * alive (U9), so the distance to it is held (U6). False if there is none: then the sender must pin anew.
     */
    private boolean holdsForSender(Neighbor from, @Nullable NodeId pinned) {
        if (pinned == null || pinned.equals(core.self)) {
            return true;
        }
        RouteEntry route = routes.get(pinned);
        if (route == null || !route.hasDistance()) {
            return false;
        }
        routes.acknowledging(core.now(), pinned, from.parameters());
        return true;
    }

    private boolean endsHere(DataFields data) {
        NodeId node = data.node();
        if (node != null) {
            return node.equals(core.self);
        }
        NodeId pinned = data.pinned();
        if (core.self.equals(pinned) || !ownGateway.isOffered()) {
            return core.self.equals(pinned);
        }
        // Whichever gateway an anycast message meets first will do, if its uplink works. One that its origin repeats
        // towards another gateway goes on there, since this one may be why it was not settled; unless it knows better.
        ReceivedMessages received = arrivals().received;
        int seen = received.find(data.origin(), data.epoch(), data.number());
        return data.turn() == 0
                || pinned == null
                || !core.isRelay()
                || forwarder.nextHop(pinned) == null
                || seen != DedupWindows.UNKNOWN && received.settled(seen) != null;
    }

    /** U8 and the bounds of custody; null if nothing speaks against taking the message. */
    private @Nullable HopResult refusal(
            Neighbor from,
            NodeId target,
            NodeId origin,
            boolean hasDescent,
            long descentEpoch,
            long descentCount,
            long descentMetric,
            int ttl,
            boolean high) {
        if (!core.isRelay()) {
            return HopResult.of(HopCode.NO_ROUTE);
        }
        if (ttl == 0) {
            return HopResult.of(HopCode.HOP_LIMIT);
        }
        RouteEntry route = routes.get(target);
        if (route == null || !route.hasDistance()) {
            return HopResult.of(HopCode.NO_ROUTE); // the end of a route's life, no alarm
        }
        boolean descends = hasDescent && route.descendsFrom(descentEpoch, descentCount, descentMetric);
        if (!descends && core.rules.isOn(Rule.U8_DESCENT)) {
            Distance sent = hasDescent ? new Distance(new Seq(descentEpoch, descentCount), descentMetric) : null;
            core.count(RoutingCounter.DESCENT_ALARMS);
            core.descentAlarm(from.id(), "sent " + target + " at " + sent + ", mine is " + route.distanceOnWire());
            return new HopResult(HopCode.DESCENT_VIOLATED, route.distanceOnWire(), 0, 0);
        }
        if (route.nextHop() == null && !mayRecover(route)) {
            return new HopResult(HopCode.NO_ROUTE, route.distanceOnWire(), 0, 0);
        }
        if (!queue.hasRoom(target, origin, high)) {
            return new HopResult(HopCode.FULL, null, FULL_RETRY_MS, 0);
        }
        return null;
    }

    /** A route whose link is only suspected: custody is worth while. */
    private static boolean mayRecover(RouteEntry route) {
        Candidate current = route.current();
        return !route.isActive()
                && current != null
                && current.hop() instanceof Neighbor hop
                && hop.isIn(NeighborState.SUSPECT);
    }

    private @Nullable HopResult tooLarge(NodeId target, DataFields data) {
        Neighbor next = forwarder.nextHop(target);
        if (next == null) {
            return null;
        }
        int mtuBytes = next.mtuBytes();
        int header = mtuBytes >= FrameRoom.SMALL_MTU_BYTES
                ? FrameRoom.widestHeaderBytes()
                : FrameRoom.headerBytes(data.toData(), seqOf(target), seqOf(data.origin()));
        return header + data.payloadBytes() > mtuBytes ? new HopResult(HopCode.TOO_LARGE, null, 0, mtuBytes) : null;
    }

    /** Once per (origin, epoch, number); a repetition of what is settled is settled again by this node itself. */
    private void deliver(DataFields data, int hops, long ageMs) {
        if (data.payloadType() == PayloadType.IDENT) {
            return; // read on its way in
        }
        ReceivedMessages received = arrivals().received;
        int seen = received.remember(core.now(), data.origin(), data.epoch(), data.number());
        if (received.isDelivered(seen)) {
            core.count(RoutingCounter.DATA_DUPLICATES);
            SettleStatus settled = received.settled(seen);
            int formerTurn = received.turn(seen);
            received.setTurn(seen, Math.max(formerTurn, data.turn()));
            // Not for an outdated origin: this number may have been given twice, and the settled message be another.
            if (settled != null && data.turn() > formerTurn && !isOutdated(data.origin(), data.epoch())) {
                settleAgain(data.id(), settled, 0, true);
            }
            return;
        }
        received.delivered(seen, data.turn(), core.now() - ageMs);
        core.count(RoutingCounter.DATA_DELIVERED);
        core.out()
                .deliver(
                        data.id(),
                        data.payloadType(),
                        hops,
                        ageMs,
                        data.wantsSettle(),
                        data.payload().asBuffer());
    }

    /** See {@link MeshRouter#settle}. */
    void settle(MessageId message, SettleStatus status) {
        ReceivedMessages received = arrivals().received;
        int seen = received.find(message);
        if (seen == DedupWindows.UNKNOWN) {
            settleAgain(message, status, 0, false);
            return;
        }
        if (received.settled(seen) == null) {
            received.settle(seen, status);
        }
        settleAgain(message, status, core.now() - received.madeAtMs(seen), received.turn(seen) > 0);
    }

    private void settleAgain(MessageId message, SettleStatus status, long ageMs, boolean repeated) {
        if (message.origin().equals(core.self)) {
            core.out().settled(message.number(), core.self, status);
        } else {
            SettleBatches settlements = arrivals().settlements;
            settlements.add(core.now(), message, status, ageMs, repeated);
            core.agenda.set(Agenda.Part.SETTLEMENTS, settlements.nextDeadlineMs());
        }
    }

    /** This gateway may not be reached any more: what it has settled it tells now. */
    void settleNow() {
        SettleBatches settlements = arrivals().settlements;
        settlements.hurry(core.now());
        core.agenda.set(Agenda.Part.SETTLEMENTS, settlements.nextDeadlineMs());
    }

    private Arrivals arrivals() {
        Arrivals present = arrivals;
        if (present == null) {
            present = new Arrivals(core);
            arrivals = present;
        }
        return present;
    }

    /** Sends the settlements that are due. */
    void onDeadline() {
        SettleBatches settlements = arrivals().settlements;
        List<E2eAck> due = settlements.takeDue(core.now());
        core.agenda.set(Agenda.Part.SETTLEMENTS, settlements.nextDeadlineMs());
        for (E2eAck ack : due) {
            if (forwarder.nextHop(ack.origin()) != null && queue.hasRoom(ack.origin(), true)) {
                core.count(RoutingCounter.E2E_ACKS_SENT);
                Held held = queue.blank().take(ack, null, core.now(), core.now() + ACK_LIFE_MS);
                held.needsAnswer = UnconfirmedAcks.isAskedAgain(ack, arrivals().received);
                forwarder.take(held);
            }
        }
    }

    /** E2EACK from a live session: for this node, or in custody on its way down. */
    HopResult onE2eAck(Neighbor from, E2eAck ack, boolean repeated) {
        if (ack.origin().equals(core.self)) {
            if (core.isOwnEpoch(ack.epoch()) && !repeated && trust.mayBeGateway(ack.gateway())) {
                for (long number = ack.base(); number >= 0; number = ack.nextSettled(number + 1)) {
                    scores.settled(number);
                    core.out().settled(number, ack.gateway(), ack.status());
                }
            }
            return HopResult.of(HopCode.CUSTODY);
        }
        if (repeated) {
            routes.acknowledging(core.now(), ack.origin(), from.parameters());
            return HopResult.of(HopCode.CUSTODY);
        }
        Distance descent = ack.descent();
        HopResult refusal = refusal(
                from,
                ack.origin(),
                ack.gateway(),
                descent != null,
                descent == null ? 0 : descent.seq().epoch(),
                descent == null ? 0 : descent.seq().count(),
                descent == null ? 0 : descent.metric(),
                ack.ttl(),
                true);
        if (refusal != null) {
            return refusal;
        }
        routes.acknowledging(core.now(), ack.origin(), from.parameters()); // U6; more than is owed if nobody answers
        Held held = queue.blank().take(ack.forwarded(null, ack.ttl() - 1), from, core.now(), core.now() + ACK_LIFE_MS);
        held.needsAnswer = UnconfirmedAcks.isAskedAgain(ack, relayed);
        forwarder.take(held);
        return HopResult.of(HopCode.CUSTODY);
    }
}
