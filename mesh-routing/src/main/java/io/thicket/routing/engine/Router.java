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
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routing engine of one node: hands each input to the part that understands it, and what follows from one part to
 * the next. See {@code mesh-routing/README.md} for the rules.
 */
public final class Router implements MeshRouter {
    /** A withdrawn or returned gateway is announced within this time. */
    private static final long GATEWAY_NEWS_MS = 200;

    private final Core core;

    // These are wanted in nearly each call; the JVM puts what is declared first in front, and eight lie in its first
    // line of memory.
    private final Links links = new Links();
    private final Receiver receiver;
    private final Forwarder forwarder;
    private final SweepClock sweeps = new SweepClock();
    private final QuietTime quiet;
    private final Discovery discovery;
    private final HelloService hellos;

    private final FrameGuard guard;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final GatewayChoice choice;
    private final OwnGateway ownGateway;
    private final NeighborTable neighbors;
    private final CustodyQueue queue;
    private final RelayedMessages relayed;
    private final Identities identities;
    private final GatewayNews gatewayNews;
    private final DataPlane data;
    private final Tracer tracer;
    private final E2eScores scores;
    private final PayloadRoom room;
    private final IdentService idents;

    /** Made when a call is first late by so much that it may be one. */
    private @Nullable StallWatch stalls;

    /** What {@link #stalls} said last; it need not be asked while nothing is late. */
    private boolean mayBeDeaf;

    /** What is due beside sweeps. */
    private long otherDeadlineMs = NEVER;

    /** The present call may change what a sweep looks at. */
    private boolean touched;

    private long deadlineMs = NEVER;

    /** A router that has no link yet. */
    public Router(RouterConfig config) {
        this(config, RuleSwitches.ALL_ON);
    }

    Router(RouterConfig config, RuleSwitches rules) {
        long secret = config.random().nextLong();
        core = new Core(config, rules, Long.rotateLeft(secret, 32));
        guard = new FrameGuard(config.cipher(), core.self, config.epoch(), config.salt(), secret, config.buffers());
        FrameSender frames = new FrameSender(core, guard);
        queue = new CustodyQueue(core.tableSeed, config.buffers().part(Spares.class, Spares::new));
        PathMtus pathMtus = new PathMtus(core.tableSeed);
        Consequences consequences = new Consequences();
        routes = new RoutingTable(core.self, config.maxDestinations(), rules, consequences, core.tableSeed);
        scores = new E2eScores(core);
        routes.setScores(scores);
        gateways = new GatewayTable(routes);
        choice = new GatewayChoice(gateways, scores);
        neighbors = new NeighborTable(core, consequences);
        long gatewayPeriodMs = Long.MAX_VALUE;
        long registerMs = Long.MAX_VALUE;
        for (RoutingParameters parameters : config.parameters().values()) {
            gatewayPeriodMs = Math.min(gatewayPeriodMs, parameters.gatewayPeriodMs());
            registerMs = Math.min(registerMs, parameters.registerPeriodMs());
        }
        GatewayTrust trust = new GatewayTrust(core, config.gateways());
        ownGateway = new OwnGateway(core, trust, gatewayPeriodMs);
        relayed = new RelayedMessages(RelayedMessages.PER_ORIGIN, core.tableSeed);
        forwarder = new Forwarder(
                core, frames, routes, gateways, choice, neighbors, ownGateway, queue, relayed, scores, pathMtus);
        identities = new Identities(core, trust);
        gatewayNews = new GatewayNews(core, links.all(), neighbors, gateways, ownGateway, queue);
        hellos = new HelloService(
                core,
                guard,
                frames,
                neighbors,
                routes,
                gateways,
                ownGateway,
                identities,
                trust,
                gatewayNews,
                links.all(),
                config.willingness());
        BootHistory boots = new BootHistory(core.tableSeed);
        EpochRepair epochs = new EpochRepair(core, frames, routes, identities, boots, consequences);
        data = new DataPlane(
                core,
                routes,
                choice,
                ownGateway,
                queue,
                forwarder,
                identities,
                relayed,
                scores,
                epochs,
                trust,
                pathMtus);
        discovery = new Discovery(
                core, frames, neighbors, routes, gateways, choice, queue, forwarder, identities, pathMtus, links.all());
        forwarder.routesBy(discovery);
        room = new PayloadRoom(links, data, choice, pathMtus);
        IdentSchedule schedule = new IdentSchedule(registerMs);
        idents = new IdentService(core, data, gateways, choice, ownGateway, identities, schedule, room, registerMs);
        quiet = new QuietTime(
                core, links, neighbors, routes, gateways, choice, ownGateway, gatewayNews, queue, schedule);
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
            Interface known = links.find(link);
            RoutingParameters parameters = core.parametersOf(info.linkClass());
            if (known == null || known.info.linkClass() != info.linkClass()) {
                Trickle trickle = new Trickle(parameters, core.random, nowMs);
                Interface next = new Interface(link, info, parameters, trickle, nowMs); // refuses what can not be used
                if (known != null) {
                    neighbors.linkGone(known);
                    receiver.linkGone(known);
                    next.helloSeq = known.helloSeq; // the neighbours remember it
                }
                links.put(next);
            } else {
                boolean cameUp = info.up() && !known.info.up();
                known.update(nowMs, info); // refuses what can not be used
                if (!info.up()) {
                    neighbors.linkDown(known);
                } else if (cameUp) {
                    known.restart(nowMs, new Trickle(parameters, core.random, nowMs));
                }
            }
            relayed.rememberFor(nowMs, RelayedMessages.HOLDERS * links.boundQueue(queue));
            idents.setPeriod(links.registerPeriodMs());
            ownGateway.setPeriod(links.gatewayPeriodMs());
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
            Interface known = links.find(link);
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
            Interface known = links.find(link);
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
            long result = payload.remaining() > room.linkBytes(destination)
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
                idents.sentReading();
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
        return room.bytes(core.now(), destination);
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
                helloSoon();
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
            boolean awake = mayBeDeaf && stalls().ends();
            touched = awake || otherDeadlineMs - nowMs <= 0;
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
        hellos.onDeadline(queue.percent());
        idents.onDeadline();
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
                ownGateway.isGateway() ? core.self : choice.pinned(nowMs),
                queue,
                neighbors,
                routes,
                gateways,
                links.all());
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
        return links.all();
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

    /** Every public call with effects begins here. True if what it brings may have waited in a stall. */
    private boolean begin(long nowMs, RouterEffects effects) {
        core.begin(nowMs, effects);
        touched = true;
        long lateMs = deadlineMs == NEVER ? 0 : nowMs - deadlineMs;
        if (lateMs > StallWatch.STALL_MS && stalls().begins(nowMs, lateMs)) {
            mayBeDeaf = true;
            standStill(lateMs);
        }
        mayBeDeaf = mayBeDeaf && stalls().isDeaf(nowMs);
        return mayBeDeaf;
    }

    private StallWatch stalls() {
        StallWatch made = stalls == null ? new StallWatch(links) : stalls;
        stalls = made;
        return made;
    }

    /** What was heard and promised before is worth nothing now; memory of distances is (4.1 I21). */
    private void standStill(long lateMs) {
        core.out().alarm(new Alarm(Alarm.Kind.STALLED, core.self, "not called for " + lateMs + " ms after a deadline"));
        discovery.stalled();
        forwarder.hops().abandonAll();
        routes.stalled(core.now());
        neighbors.excuseSilence();
        helloSoon();
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
        otherDeadlineMs = Math.min(core.agenda.callAtMs(), links.helloAtMs());
        if (touched) {
            sweeps.expect(core.now(), quiet.untilMs());
        }
        deadlineMs = Math.min(otherDeadlineMs, sweeps.callAtMs());
    }

    private void sweep() {
        neighbors.sweep();
        links.limitHellos(core.now());
        routes.sweep(core.now(), queue::holds);
        gateways.sweep(core.now());
        gatewayNews.sweep();
        scores.sweep(gateways, routes);
        discovery.sweep();
        receiver.sweep();
        forwarder.sweep();
        forwarder.wake();
        idents.sweep();
    }

    private void helloSoon() {
        links.helloSoon(core.now(), GATEWAY_NEWS_MS, ownGateway.isGateway());
    }

    /** What follows from a change of one part for the others. */
    private final class Consequences implements NeighborTable.Listener, RoutingTable.Listener, EpochRepair.Listener {
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

        /** 2.1: everybody must hear the new Seq and IDENT soon, the gateway included. */
        @Override
        public void epochRepaired() {
            identities.renew();
            idents.renewed();
            hellos.identSoon();
            helloSoon();
            forwarder.wake();
        }

        @Override
        public void routeChanged(RouteEntry entry, RouteChange.Reason reason, boolean lost) {
            forwarder.wake();
            discovery.routeChanged(entry, reason, lost);
            NextHop hop = entry.nextHop();
            entry.note(core.now(), reason);
            boolean moved = lost || !entry.announced;
            entry.announced = !lost;
            KnownGateway gateway = gateways.get(entry.destination());
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
