package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routing engine of one node: hands each input to the part that understands it, and what follows from one part to
 * the next. See {@code mesh-routing/README.md} for the rules.
 */
public final class Router implements MeshRouter {
    /** A delay beyond this (or a quarter of D) means that the node stood still (4.1 I21). */
    private static final long STALL_MS = 1_000;

    /** After a stall, what waited in sockets and queues is read within this time, and thrown away. */
    private static final long DRAIN_MS = 1_000;

    /** A withdrawn or returned gateway is announced within this time. */
    private static final long GATEWAY_NEWS_MS = 200;

    private static final int IDENT_MAX_AGE_MS = 60_000;

    /** The same where the way to the gateway has small frames, so that it is taken for a slow one; and how often. */
    private static final int SLOW_IDENT_MAX_AGE_MS = 3_600_000;

    private static final long SLOW_REGISTER_MS = 86_400_000;
    private static final long SLOW_FIRST_IDENT_MS = 21_600_000;

    private final Core core;
    private final FrameGuard guard;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final OwnGateway ownGateway;
    private final NeighborTable neighbors;
    private final CustodyQueue queue;
    private final RelayedMessages relayed;
    private final Forwarder forwarder;
    private final Identities identities;
    private final HelloService hellos;
    private final GatewayNews gatewayNews;
    private final DataPlane data;
    private final Discovery discovery;
    private final Tracer tracer;
    private final Receiver receiver;
    private final FrameSender frames;
    private final E2eScores scores;
    private final PathMtus pathMtus;
    /** By their numbers, ascending. */
    private final List<Interface> links = new ArrayList<>(0);

    /** What {@link #link} found last: most nodes have one link. */
    private @Nullable Interface latestLink;

    private final SweepClock sweeps = new SweepClock();
    private final QuietTime quiet;

    /** What is due beside sweeps. */
    private long otherDeadlineMs = NEVER;

    /** The present call may change what a sweep looks at. */
    private boolean touched;

    private long deadlineMs = NEVER;

    /** The node stood still, and nothing that waited meanwhile may be heard until the deadlines were served. */
    private boolean stalled;

    /** The end of the time after a stall in which frames of before it may still come up. */
    private long deafUntilMs = Long.MIN_VALUE / 2;

    private final IdentSchedule idents;
    private long registerPeriodMs;

    /** A router that has no link yet. */
    public Router(RouterConfig config) {
        this(config, RuleSwitches.ALL_ON);
    }

    Router(RouterConfig config, RuleSwitches rules) {
        long secret = config.random().nextLong();
        core = new Core(config, rules, Long.rotateLeft(secret, 32));
        guard = new FrameGuard(config.cipher(), core.self, config.epoch(), config.salt(), secret, config.buffers());
        frames = new FrameSender(core, guard);
        queue = new CustodyQueue(core.tableSeed, config.buffers().part(Spares.class, Spares::new));
        pathMtus = new PathMtus(core.tableSeed);
        Consequences consequences = new Consequences();
        routes = new RoutingTable(core.self, config.maxDestinations(), rules, consequences, core.tableSeed);
        scores = new E2eScores(core);
        routes.setScores(scores);
        gateways = new GatewayTable(routes, scores);
        neighbors = new NeighborTable(core, consequences);
        long gatewayPeriodMs = Long.MAX_VALUE;
        long registerMs = Long.MAX_VALUE;
        for (RoutingParameters parameters : config.parameters().values()) {
            gatewayPeriodMs = Math.min(gatewayPeriodMs, parameters.gatewayPeriodMs());
            registerMs = Math.min(registerMs, parameters.registerPeriodMs());
        }
        registerPeriodMs = registerMs;
        idents = new IdentSchedule(registerMs);
        GatewayTrust trust = new GatewayTrust(core);
        ownGateway = new OwnGateway(core, trust, gatewayPeriodMs);
        relayed = new RelayedMessages(RelayedMessages.PER_ORIGIN, core.tableSeed);
        forwarder =
                new Forwarder(core, frames, routes, gateways, neighbors, ownGateway, queue, relayed, scores, pathMtus);
        identities = new Identities(core, trust);
        gatewayNews = new GatewayNews(core, links, neighbors, gateways, ownGateway, queue);
        hellos = new HelloService(
                core, guard, frames, neighbors, routes, gateways, ownGateway, identities, trust, gatewayNews, links);
        BootHistory boots = new BootHistory(core.tableSeed);
        EpochRepair epochs = new EpochRepair(core, frames, routes, identities, boots, this::epochRepaired);
        data = new DataPlane(
                core,
                routes,
                gateways,
                ownGateway,
                queue,
                forwarder,
                identities,
                relayed,
                scores,
                epochs,
                trust,
                pathMtus);
        discovery =
                new Discovery(core, frames, neighbors, routes, gateways, queue, forwarder, identities, pathMtus, links);
        forwarder.routesBy(discovery);
        quiet = new QuietTime(core, links, neighbors, routes, gateways, ownGateway, gatewayNews, queue, idents);
        tracer = new Tracer(core, routes, forwarder, queue);
        receiver = new Receiver(
                core,
                guard,
                frames,
                neighbors,
                routes,
                hellos,
                identities,
                data,
                forwarder,
                discovery,
                boots,
                epochs,
                tracer,
                trust);
    }

    /**
     * For a caller whose time cannot pass without that it calls in time, as that of a simulation: this router does not ask to be called
     * each second only to notice that it was not (4.1 I21). Before the first call.
     */
    public void expectNoStalls() {
        sweeps.expectNoStalls();
    }

    /** This node's name on the mesh. */
    public NodeId self() {
        return core.self;
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        try {
            begin(nowMs, effects);
            Interface known = link(link);
            RoutingParameters parameters = core.config.parametersOf(info.linkClass());
            if (known == null || known.info.linkClass() != info.linkClass()) {
                Trickle trickle = new Trickle(parameters, core.random, nowMs);
                Interface next = new Interface(link, info, parameters, trickle, nowMs); // refuses what can not be used
                if (known != null) {
                    neighbors.linkGone(known);
                    receiver.linkGone(known);
                    next.helloSeq = known.helloSeq; // the neighbours remember it
                }
                put(next);
            } else {
                boolean cameUp = info.up() && !known.info.up();
                known.duty.update(nowMs, info, parameters); // refuses what can not be used
                known.info = info;
                if (!info.up()) {
                    neighbors.linkDown(known);
                } else if (cameUp) {
                    known.trickle = new Trickle(parameters, core.random, nowMs);
                    known.movement.restart(nowMs);
                    known.load.restart(nowMs);
                }
            }
            int perTarget = 1;
            int total = 1;
            long queueAgeMs = 1;
            long gatewayPeriodMs = Long.MAX_VALUE;
            registerPeriodMs = Long.MAX_VALUE;
            for (Interface each : links) {
                gatewayPeriodMs = Math.min(gatewayPeriodMs, each.parameters.gatewayPeriodMs());
                registerPeriodMs = Math.min(registerPeriodMs, each.parameters.registerPeriodMs());
                perTarget = Math.max(perTarget, each.parameters.queuePerDestination());
                total = Math.max(total, each.parameters.queueTotal());
                queueAgeMs = Math.max(queueAgeMs, each.parameters.queueAgeMs());
            }
            queue.setBounds(perTarget, total);
            relayed.rememberFor(RelayedMessages.HOLDERS * queueAgeMs);
            ownGateway.setPeriod(gatewayPeriodMs);
            sweeps.start(nowMs);
        } finally {
            finish();
        }
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange, RouterEffects effects) {
        try {
            boolean late = begin(nowMs, effects);
            Interface known = link(link);
            if (known != null && known.info.up() && !late) {
                receiver.onFrame(known, from, sealed, exchange);
            }
        } finally {
            finish();
        }
    }

    @Override
    public void onReply(
            long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects) {
        try {
            boolean late = begin(nowMs, effects);
            Interface known = link(link);
            if (known != null && known.info.up() && !late) {
                receiver.onReply(known, from, exchange, sealed);
            }
        } finally {
            finish();
        }
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        try {
            begin(nowMs, effects);
            for (Neighbor neighbor : List.copyOf(neighbors.all())) {
                if (neighbor.link.id.equals(link) && neighbor.address.equals(to)) {
                    neighbors.down(neighbor);
                }
            }
        } finally {
            finish();
        }
    }

    @Override
    public long send(
            long nowMs,
            Destination destination,
            PayloadType type,
            Priority priority,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            ByteBuffer payload,
            RouterEffects effects) {
        if (repeats < 0 || repeats > WireLimits.MAX_U32 || turn < 0) {
            throw new IllegalArgumentException("repeats " + repeats + ", turn " + turn);
        }
        try {
            begin(nowMs, effects);
            long result = payload.remaining() > linkPayloadBytes(destination)
                    ? Refusal.TOO_LARGE
                    : data.send(
                            destination,
                            type,
                            priority,
                            maxAgeMs,
                            wantsSettle,
                            repeats,
                            turn,
                            Bytes.copyOf(payload),
                            false);
            if (result > 0 && destination instanceof Destination.AnyGateway) {
                idents.sentReading(nowMs);
            }
            return result;
        } finally {
            finish();
        }
    }

    @Override
    public boolean hasRoute(NodeId destination) {
        return destination.equals(core.self) || forwarder.nextHop(destination) != null;
    }

    @Override
    public int maxPayloadBytes(Destination destination) {
        int linkBytes = linkPayloadBytes(destination);
        int mtuBytes = gateways.pathMtuBytes(core.now());
        NodeId gateway = gateways.pinned(core.now());
        if (destination instanceof Destination.Node node) {
            mtuBytes = pathMtus.of(core.now(), node.id());
        } else if (gateway != null) {
            mtuBytes = Math.min(mtuBytes, pathMtus.of(core.now(), gateway));
        }
        int pathBytes = mtuBytes - data.headerBytes(destination, mtuBytes);
        return pathBytes > 0 ? Math.min(linkBytes, pathBytes) : linkBytes;
    }

    /** What this node's own links take for certain; of the rest of a path there is only hearsay. */
    private int linkPayloadBytes(Destination destination) {
        int mtuBytes = LinkInfo.MAX_MTU_BYTES;
        for (Interface link : links) {
            mtuBytes = link.info.up() ? Math.min(mtuBytes, link.info.mtuBytes()) : mtuBytes;
        }
        return Math.max(0, mtuBytes - data.headerBytes(destination, mtuBytes));
    }

    @Override
    public void settle(long nowMs, MessageId message, SettleStatus status, RouterEffects effects) {
        try {
            begin(nowMs, effects);
            data.settle(message, status);
        } finally {
            finish();
        }
    }

    @Override
    public void gatewayState(long nowMs, GatewayState state, RouterEffects effects) {
        try {
            begin(nowMs, effects);
            if (!state.uplink()) {
                data.settleNow();
            }
            if (ownGateway.update(state)) {
                helloSoon(GATEWAY_NEWS_MS, true);
            }
        } finally {
            finish();
        }
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        if (deadlineMs == NEVER || deadlineMs - nowMs > 0) {
            return;
        }
        try {
            begin(nowMs, effects);
            touched = stalled || otherDeadlineMs - nowMs <= 0;
            stalled = false;
            if (touched) {
                sweeps.touch(nowMs);
            }
            if (sweeps.isDue(nowMs)) {
                sweep();
                serveDeadlines(nowMs);
                sweeps.swept(nowMs);
                touched = true;
            } else {
                sweeps.watched(nowMs);
                if (touched) {
                    serveDeadlines(nowMs);
                }
            }
        } finally {
            finish();
        }
    }

    private void serveDeadlines(long nowMs) {
        if (core.agenda.isDue(Agenda.Part.OWN_SEQ, nowMs)) {
            ownGateway.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.SETTLEMENTS, nowMs)) {
            data.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.TRACES, nowMs)) {
            tracer.onDeadline();
        }
        if (core.agenda.isDue(Agenda.Part.CHALLENGES, nowMs)) {
            receiver.onDeadline();
        }
        forwarder.onDeadline();
        discovery.onDeadline();
        for (Interface link : links) {
            if (link.info.up() && link.trickle.dueMs() - nowMs <= 0 && mayHello(link) && link.trickle.fire(nowMs)) {
                if (!(link.trickle.wasRegular() && hellos.isSpare(link))) {
                    hellos.send(link, queue.percent());
                }
            }
        }
        if (core.agenda.isDue(Agenda.Part.IDENT, nowMs)) {
            sendIdent();
        }
        if (core.agenda.isDue(Agenda.Part.NEWCOMERS, nowMs)) {
            greetNewcomers();
        }
    }

    /** A HELLO that has no airtime yet is made when it has, with the news of then. */
    private boolean mayHello(Interface link) {
        long waitMs = link.duty.waitMs(core.now(), DutyBudget.Use.CONTROL);
        link.helloUse = DutyBudget.Use.CONTROL;
        if (waitMs > 0 && link.mayHelloUrgently(core.now())) {
            link.helloUse = DutyBudget.Use.URGENT;
            return true;
        }
        if (waitMs > 0) {
            core.count(RoutingCounter.AIRTIME_WAITS);
            link.trickle.postpone(core.now() + waitMs);
        }
        return waitMs == 0;
    }

    @Override
    public long nextDeadlineMs() {
        return deadlineMs;
    }

    @Override
    public long trace(long nowMs, NodeId target, RouterEffects effects) {
        try {
            begin(nowMs, effects);
            long result = tracer.begin(target);
            return result;
        } finally {
            finish();
        }
    }

    @Override
    public Optional<RouteExplanation> explain(long nowMs, NodeId destination) {
        RouteEntry entry = routes.get(destination);
        return entry == null ? Optional.empty() : Optional.of(Explanations.of(nowMs, entry, routes));
    }

    @Override
    public RoutingSnapshot snapshot(long nowMs) {
        return SnapshotBuilder.build(
                nowMs,
                core,
                guard.bootTag(),
                ownGateway.isGateway(),
                ownGateway.isGateway() ? core.self : gateways.pinned(nowMs),
                queue,
                neighbors,
                routes,
                gateways,
                links);
    }

    /** For invariants in tests: the tag of this boot. */
    int bootTag() {
        return guard.bootTag();
    }

    /** For invariants in tests: this node's own Seq. */
    Seq ownSeq() {
        return core.ownSeq();
    }

    /** For invariants in tests: everything held about every destination. */
    RoutingTable routes() {
        return routes;
    }

    /** For tests: when it sweeps. */
    SweepClock sweeps() {
        return sweeps;
    }

    /** For tests: the links and their budgets. */
    Collection<Interface> links() {
        return links;
    }

    /** For invariants in tests: DATA messages held. */
    int queued() {
        return queue.size();
    }

    /** For invariants in tests: sessions held. */
    int neighborCount() {
        return neighbors.all().size();
    }

    /** For invariants in tests. */
    long counter(RoutingCounter counter) {
        return core.counters.get(counter);
    }

    private @Nullable Interface link(LinkId id) {
        Interface latest = latestLink;
        if (latest != null && latest.number == id.value()) {
            return latest;
        }
        for (int i = 0; i < links.size(); i++) {
            Interface link = links.get(i);
            if (link.number == id.value()) {
                latestLink = link;
                return link;
            }
        }
        return null;
    }

    private void put(Interface link) {
        latestLink = null;
        links.removeIf(other -> other.id.equals(link.id));
        int at = 0;
        while (at < links.size() && links.get(at).number < link.number) {
            at++;
        }
        links.add(at, link);
    }

    /** Every public call with effects begins here. True if what it brings may have waited in a stall. */
    private boolean begin(long nowMs, RouterEffects effects) {
        core.begin(nowMs, effects);
        touched = true;
        if (stalled) {
            return true;
        }
        if (deadlineMs == NEVER || nowMs - deadlineMs <= STALL_MS || nowMs - deadlineMs <= stallMs()) {
            // A loop serves its deadlines before it reads what waited: nobody can tell how old that is.
            return nowMs - deafUntilMs < 0;
        }
        stalled = true;
        deafUntilMs = nowMs + DRAIN_MS;
        // 4.1 I21: what was heard and promised before is worth nothing now; memory of distances is.
        core.out()
                .alarm(new Alarm(
                        Alarm.Kind.STALLED,
                        core.self,
                        "not called for " + (nowMs - deadlineMs) + " ms after a deadline"));
        discovery.stalled();
        forwarder.hops().abandonAll();
        routes.stalled();
        neighbors.excuseSilence();
        helloSoon(GATEWAY_NEWS_MS, true);
        return true;
    }

    private long stallMs() {
        long messageLifeMs = Long.MAX_VALUE;
        for (Interface link : links) {
            messageLifeMs = Math.min(messageLifeMs, link.parameters.messageLifeMs());
        }
        return Math.max(STALL_MS, messageLifeMs / 4);
    }

    /** Ends every call, also one that failed: the next deadline must not be one that is over. */
    private void finish() {
        try {
            forwarder.pump();
        } finally {
            setDeadline();
            core.end();
        }
    }

    private void setDeadline() {
        long next = core.agenda.callAtMs();
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).info.up()) {
                next = Math.min(next, links.get(i).trickle.dueMs());
            }
        }
        otherDeadlineMs = next;
        if (touched) {
            sweeps.expect(core.now(), quiet.untilMs());
        }
        deadlineMs = Math.min(next, sweeps.callAtMs());
    }

    /** Where nodes move, who is there must be known by the second. */
    private void limitHellos() {
        for (int i = 0; i < links.size(); i++) {
            Interface link = links.get(i);
            RoutingParameters parameters = link.parameters;
            long movingMs = Math.min(parameters.helloMaxMs(), Movement.LONGEST_INTERVALS * parameters.helloMinMs());
            boolean moving =
                    link.movement.isRestless(core.now()) && !link.duty.isLimited(); // a duty has no airtime for it
            link.trickle.limit(core.now(), moving ? movingMs : parameters.helloMaxMs());
        }
    }

    private void sweep() {
        neighbors.sweep();
        limitHellos();
        routes.sweep(core.now(), queue::holds);
        gateways.sweep(core.now());
        gatewayNews.sweep();
        scores.sweep(gateways, routes);
        discovery.sweep();
        receiver.sweep();
        forwarder.sweep();
        forwarder.wake();
        NodeId gateway = gateways.choose(core.now());
        GatewayTable.Known chosen = gateway == null ? null : gateways.get(gateway);
        if (chosen != null && !ownGateway.isGateway() && idents.isNewFor(chosen.id, chosen.seq.epoch())) {
            // On a slow way the first readings go first: all nodes may have started at once.
            identAt(core.now() + (gateways.isSlow(chosen.id) ? core.random.nextLong(SLOW_FIRST_IDENT_MS) : 0));
        }
    }

    private void identAt(long atMs) {
        core.agenda.set(Agenda.Part.IDENT, atMs);
    }

    /** 2.2, IDENT: names spread, and downward routes exist for nodes that have no readings. */
    private void sendIdent() {
        identAt(NEVER);
        if (ownGateway.isGateway()) {
            return;
        }
        NodeId gateway = gateways.choose(core.now());
        GatewayTable.Known chosen = gateway == null ? null : gateways.get(gateway);
        boolean slow = gateway != null && gateways.isSlow(gateway);
        // An IDENT fills a frame of a LoRa link; behind one, a downward route is searched when it is wanted.
        idents.setPeriod(slow ? SLOW_REGISTER_MS : registerPeriodMs);
        identAt(core.now() + idents.pauseMs(core.random));
        if (!idents.isDue(core.now())) {
            return;
        }
        Bytes payload = Bytes.copyOf(FrameCodec.encode(List.of(identities.own())));
        if (chosen != null && payload.length() <= linkPayloadBytes(Destination.GATEWAY)) {
            data.send(
                    Destination.GATEWAY,
                    PayloadType.IDENT,
                    Priority.NORMAL,
                    slow ? SLOW_IDENT_MAX_AGE_MS : IDENT_MAX_AGE_MS,
                    false,
                    0,
                    0,
                    payload,
                    true);
        }
    }

    private void greetNewcomers() {
        core.agenda.set(Agenda.Part.NEWCOMERS, NEVER);
        for (NodeId newcomer = data.pollNewcomer(); newcomer != null; newcomer = data.pollNewcomer()) {
            greet(newcomer, identities.own());
        }
        for (NodeId behind = data.pollOutdated(); behind != null; behind = data.pollOutdated()) {
            Ident proof = identities.proofOf(behind);
            if (proof != null) {
                greet(behind, proof); // 2.1: its own word of a later boot
            }
        }
    }

    private void greet(NodeId node, Ident ident) {
        data.send(
                Destination.node(node),
                PayloadType.IDENT,
                Priority.NORMAL,
                IDENT_MAX_AGE_MS,
                false,
                0,
                0,
                Bytes.copyOf(FrameCodec.encode(List.of(ident))),
                true);
    }

    /** 2.1: everybody must hear the new Seq and IDENT soon, the gateway included. */
    private void epochRepaired() {
        identities.renew();
        idents.renewed();
        hellos.identSoon();
        helloSoon(GATEWAY_NEWS_MS, true);
        identAt(core.now());
        forwarder.wake();
    }

    private void helloSoon(long withinMs, boolean reset) {
        for (Interface link : links) {
            if (reset && link.duty.mayHurry(core.now())) {
                link.trickle.reset(core.now());
            }
            if (ownGateway.isGateway()) {
                link.gatewayNews();
            }
            link.trickle.sendEarly(core.now(), withinMs);
        }
    }

    /** What follows from a change of one part for the others. */
    private final class Consequences implements NeighborTable.Listener, RoutingTable.Listener {
        @Override
        public void linkUsable(Neighbor neighbor) {
            routes.linkUsable(core.now(), neighbor);
            discovery.linkUsable(neighbor);
            forwarder.wake();
        }

        @Override
        public void linkUnusable(Neighbor neighbor) {
            routes.linkUnusable(core.now(), neighbor, RouteChange.Reason.LINK_DOWN);
            forwarder.wake();
        }

        @Override
        public void linkDown(Neighbor neighbor) {
            forwarder.hops().abandon(neighbor);
        }

        @Override
        public void sessionBegan(Neighbor neighbor) {
            hellos.identSoon();
            if (neighbor.link.duty.mayHurry(core.now())) {
                neighbor.link.trickle.reset(core.now());
            }
            neighbor.link.trickle.sendEarly(core.now(), gatewayNews.jitterMs(neighbor.link));
        }

        @Override
        public void sessionEnded(Neighbor neighbor, boolean rebooted) {
            routes.sessionEnded(
                    core.now(),
                    neighbor,
                    rebooted ? RouteChange.Reason.NEIGHBOR_REBOOTED : RouteChange.Reason.LINK_DOWN); // U7
            forwarder.hops().abandon(neighbor);
            if (!neighbors.knows(neighbor.id(), neighbor.bootTag())) {
                guard.forget(neighbor.id(), neighbor.bootTag());
            }
        }

        @Override
        public void shouldProbe(Neighbor neighbor) {
            forwarder.hops().probe(neighbor);
        }

        @Override
        public void routeChanged(RouteEntry entry, RouteChange.Reason reason, boolean lost) {
            forwarder.wake();
            discovery.routeChanged(entry, reason, lost);
            NextHop hop = entry.nextHop();
            NextHop about = hop == null ? entry.announcedHop : hop;
            entry.note(core.now(), reason, about == null ? null : about.id());
            boolean moved = lost || hop != entry.announcedHop;
            entry.announcedHop = lost ? null : hop;
            GatewayTable.Known gateway = gateways.get(entry.destination());
            if (gateway != null) {
                gatewayNews.routeChanged(entry, gateway, lost, moved);
            }
            if (moved) {
                core.count(RoutingCounter.ROUTE_CHANGES);
                Seq feasible = entry.feasibleSeq();
                core.out()
                        .routeChanged(new RouteChange(
                                entry.destination(),
                                hop == null ? null : hop.id(),
                                feasible == null ? core.ownSeq() : feasible,
                                Math.max(0, entry.metric()),
                                reason));
            }
        }
    }
}
