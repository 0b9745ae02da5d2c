package io.thicket.agent.node;

import io.thicket.agent.coap.CoapHost;
import io.thicket.agent.coap.CoapNode;
import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.coap.NodeNames;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.Outbox;
import io.thicket.agent.outbox.OutboxPort;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
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
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import io.thicket.routing.engine.Router;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.tinylog.Logger;

/**
 * One node: router, CoAP, sensors, outbox, and on a gateway the uplink. Everything is touched on the loop of
 * {@link NodePorts#timers()} only. The agent and the simulator run this same class; they differ in the ports.
 */
public final class Node {
    /** How long {@link #stop} waits for the outbox, and on a gateway for the broker. */
    private static final long DRAIN_MS = 1_500;

    /** Then how long a gateway stays in the mesh, because settlements are gathered before they leave. */
    private static final long FAREWELL_MS = 200;

    private static final long DRAIN_POLL_MS = 50;
    /** Lost readings that are remembered for the status page. */
    static final int MAX_LOST = 32;

    private final NodeSettings settings;
    private final NodePorts ports;
    private final Timers timers;
    private final long startedAtMs;

    /** With the epoch of now, which is a later one than the boot's after an epoch repair. */
    private Identity identity;

    private final MeshRouter router;
    private final NodeEffects effects;
    private final NodeDirectory directory = new NodeDirectory();
    private final SensorDesk sensors;
    private final Outbox outbox;
    private final CoapNode coap;
    private final Map<NodeCounter, Long> counters = new EnumMap<>(NodeCounter.class);

    private final AlarmLog alarms = new AlarmLog();

    /** Oldest first; made with the first one. */
    private List<Lost> lost = List.of();

    /** Who waits for which trace; the router reports each, and has a bound for them. Made with the first one. */
    private Map<Long, Consumer<TraceReport>> traces = Collections.emptyMap();

    private final DeadlineTimer routerClock;
    private final DeadlineTimer outboxClock;
    private boolean afterCallRunning;
    private boolean outboxBusy;
    private boolean stopping;

    public Node(NodeSettings settings, NodePorts ports) {
        this.settings = settings;
        this.ports = ports;
        this.timers = ports.timers();
        this.startedAtMs = timers.nowMs();
        this.identity = settings.identity();
        for (NodeCounter counter : NodeCounter.values()) {
            counters.put(counter, 0L);
        }
        this.effects = new NodeEffects(ports.links(), ports.persistEpoch(), new Events());
        this.router = settings.routerWrapper().apply(new Router(settings.routerConfig()));
        this.sensors = new SensorDesk(ports.sensors());
        this.outbox =
                new Outbox(settings.name(), settings.epoch(), settings.outbox(), new OutboxEffects(), ports.random());
        this.coap = new CoapNode(settings.coap(), new Host(), timers, new NodeExecutor(timers), ports.random());
        this.routerClock = new DeadlineTimer(timers, this::onRouterDeadline, router::nextDeadlineMs);
        this.outboxClock = new DeadlineTimer(timers, () -> withOutbox(outbox::onDeadline), outbox::nextDeadlineMs);
    }

    /**
     * Starts links, uplink, CoAP and sensors, in this order. On the loop.
     *
     * @throws IOException if a CoAP address cannot be listened on; the message is for people
     */
    public void start() throws IOException {
        directory.self(timers.nowMs(), identity);
        for (int i = 0; i < ports.links().size(); i++) {
            Link link = ports.links().get(i);
            LinkId id = LinkId.of(i);
            router.onLink(timers.nowMs(), id, link.info(), effects);
            routed();
            link.start(new LinkReceiver(id));
        }
        Uplink uplink = ports.uplink();
        if (uplink != null) {
            uplink.start(new UplinkHost());
            uplink.nodeKnown(identity, directory.label(identity.id()));
            announceGateway(uplink);
        }
        coap.start();
        sensors.start(this::onReading, this::onSensorStatus);
    }

    /**
     * Ends the node: no new readings, up to two seconds for what is under way (on a gateway: until the broker
     * has acknowledged what it was given and the origins were told), then everything is closed and what is left
     * is reported lost. On the loop; {@code done} is run there.
     */
    public void stop(Runnable done) {
        if (stopping) {
            return;
        }
        stopping = true;
        sensors.close();
        withOutbox(outbox::askNow);
        drain(timers.nowMs() + DRAIN_MS, done);
    }

    /**
     * Ends the node at once, as a power cut does: nothing is waited for, what is left in the outbox is reported lost, and the broker of
     * an uplink hears no farewell. On the loop; nothing may be called afterwards.
     */
    public void abandon() {
        Uplink uplink = ports.uplink();
        if (uplink != null) {
            uplink.abandon();
        }
        leave();
    }

    /** As {@link #abandon}, but an uplink takes leave of its broker. */
    public void leave() {
        stopping = true;
        sensors.close();
        close();
    }

    /** A picture of now. On the loop. */
    public NodeSnapshot snapshot() {
        long nowMs = timers.nowMs();
        boolean synchronised = ports.wallClock().isSynchronised();
        long wallMs = ports.wallClock().nowMs();
        Uplink uplink = ports.uplink();
        RoutingSnapshot routing = router.snapshot(nowMs);
        List<NodeSnapshot.LinkStatus> links = new ArrayList<>();
        for (Link link : ports.links()) {
            links.add(new NodeSnapshot.LinkStatus(link.name(), link.info(), link.problem(), link.counts()));
        }
        return new NodeSnapshot(
                settings.version(),
                settings.name(),
                id(),
                addressOf(id()),
                epoch(),
                nowMs - startedAtMs,
                synchronised,
                uplink == null ? null : uplink.statusLine(),
                uplink == null ? Map.of() : uplink.counters(),
                links,
                sensors.snapshot(nowMs, wallMs, synchronised),
                new NodeSnapshot.OutboxStatus(outbox.size(), settings.outbox().maxReadings(), outbox.oldestMs(nowMs)),
                lost.stream().map(reading -> reading.at(nowMs)).toList(),
                Nearby.refine(knownNodes(nowMs), routing),
                alarms.all(),
                countersNow(),
                routing);
    }

    private Map<NodeCounter, Long> countersNow() {
        Map<NodeCounter, Long> now = new EnumMap<>(counters);
        now.put(NodeCounter.LOOP_ERRORS, timers.errors());
        now.put(NodeCounter.LOOP_POSTS_REFUSED, timers.refusedPosts());
        return now;
    }

    /** The routing part of {@link #snapshot} alone, which costs much less; for invariants. On the loop. */
    public RoutingSnapshot routing() {
        return router.snapshot(timers.nowMs());
    }

    /** Sends one CoAP message (RFC 7252) to a node as this node's; false if no route takes it now. On the loop. */
    public boolean sendCoap(NodeId to, byte[] message) {
        return new Host().sendMesh(to, message);
    }

    /** Everything held about the way to {@code node}, and why. On the loop. */
    public Optional<RouteExplanation> explain(NodeId node) {
        return router.explain(timers.nowMs(), node);
    }

    /** Traces the way to {@code node} as {@code GET /trace} does: {@link MeshRouter#trace} says what is returned. On the loop. */
    public long trace(NodeId node, Consumer<TraceReport> done) {
        return new Host().trace(node, done);
    }

    /** Seqs of the readings that still wait for a gateway; for invariants. */
    public List<Long> keptReadings() {
        return outbox.keptSeqs();
    }

    public NodeId id() {
        return settings.identity().id();
    }

    /** The number of this boot, a later one after an epoch repair. */
    public long epoch() {
        return identity.epoch();
    }

    private String addressOf(NodeId node) {
        return MeshAddress.of(settings.coap().networkId(), node).text();
    }

    private List<NodeSnapshot.KnownNode> knownNodes(long nowMs) {
        List<NodeSnapshot.KnownNode> nodes = new ArrayList<>();
        for (NodeDirectory.Known known : directory.all(nowMs)) {
            Identity identity = known.identity();
            boolean self = identity.id().equals(id());
            nodes.add(new NodeSnapshot.KnownNode(
                    identity.id(),
                    identity.name(),
                    known.label(),
                    addressOf(identity.id()),
                    identity.roles(),
                    self ? 0 : known.hops(),
                    self ? 0 : known.lastSeenAgoMs()));
        }
        return nodes;
    }

    private void drain(long untilMs, Runnable done) {
        if (isDrained() || timers.nowMs() >= untilMs) {
            long farewellMs = 0;
            if (ports.uplink() != null) {
                // Nothing more is taken, and what was settled is told at once.
                router.gatewayState(timers.nowMs(), new GatewayState(false, false, 0, 0), effects);
                routed();
                farewellMs = FAREWELL_MS;
            }
            timers.at(timers.nowMs() + farewellMs, () -> {
                close();
                done.run();
            });
        } else {
            timers.at(timers.nowMs() + DRAIN_POLL_MS, () -> drain(untilMs, done));
        }
    }

    /** A publication whose answer is not awaited would be published again after the next start. */
    private boolean isDrained() {
        Uplink uplink = ports.uplink();
        boolean brokerBusy =
                uplink != null && uplink.state().uplink() && uplink.state().backlog() > 0;
        return outbox.size() == 0 && !brokerBusy;
    }

    private void close() {
        outbox.close();
        routerClock.close();
        outboxClock.close();
        Uplink uplink = ports.uplink();
        if (uplink != null) {
            uplink.close();
        }
        coap.close();
        ports.links().forEach(Link::close);
    }

    private void onReading(long takenAtMs, String sensor, List<SenmlRecord> records) {
        count(NodeCounter.READINGS_OFFERED);
        // The observer hears of a reading before anything can become of it.
        ports.observer().offered(outbox.lastSeq() + 1);
        withOutbox(now -> outbox.offer(now, Math.min(takenAtMs, now), sensor, records));
        coapReading(sensor);
    }

    private void coapReading(String sensor) {
        if (coap.isServing()) {
            new Host().latest(sensor).ifPresent(pack -> coap.onReading(sensor, pack));
        }
    }

    private void onSensorStatus(String sensor, Sensor.Status status) {
        if (status.problem().isEmpty()) {
            Logger.info("sensor state sensor={} state={}", sensor, status.state());
        } else {
            Logger.warn("sensor state sensor={} state={} problem={}", sensor, status.state(), status.problem());
        }
    }

    private void announceGateway(Uplink uplink) {
        router.gatewayState(timers.nowMs(), uplink.state(), effects);
        routed();
    }

    private void count(NodeCounter counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    private void onRouterDeadline() {
        router.onDeadline(timers.nowMs(), effects);
        routed();
    }

    /** Follows every call of the router that gave it {@link #effects}: winds its clock, then does what it wants. */
    private void routed() {
        routerClock.rearm(router.nextDeadlineMs());
        afterCalls();
    }

    /** Calls the outbox; what its sending causes waits until the call has returned, so that it is never re-entered. */
    private void withOutbox(LongConsumer call) {
        outboxBusy = true;
        try {
            call.accept(timers.nowMs());
        } finally {
            outboxBusy = false;
        }
        outboxClock.rearm(outbox.nextDeadlineMs());
        afterCalls();
    }

    private void afterCalls() {
        if (!effects.hasAfterCall() || afterCallRunning || outboxBusy) {
            return;
        }
        afterCallRunning = true;
        try {
            for (Runnable next = effects.nextAfterCall(); next != null; next = effects.nextAfterCall()) {
                next.run();
            }
        } finally {
            afterCallRunning = false;
        }
    }

    /** Hears one link. */
    private final class LinkReceiver implements LinkListener {
        private final LinkId id;

        LinkReceiver(LinkId id) {
            this.id = id;
        }

        @Override
        public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {
            router.onFrame(timers.nowMs(), id, from, sealed, exchange, effects);
            routed();
        }

        @Override
        public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {
            router.onReply(timers.nowMs(), id, from, exchange, sealed, effects);
            routed();
        }

        @Override
        public void onUnreachable(LinkAddress to) {
            router.onLinkFailure(timers.nowMs(), id, to, effects);
            routed();
        }

        @Override
        public void onChange(LinkInfo info) {
            router.onLink(timers.nowMs(), id, info, effects);
            routed();
        }
    }

    /** What follows from the router's effects. */
    private final class Events implements NodeEffects.Events {
        @Override
        public void onDelivered(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, byte[] payload) {
            long nowMs = timers.nowMs();
            directory.seen(nowMs, message.origin(), hops);
            switch (type) {
                case READINGS -> onReadings(message, hops, ageMs, payload);
                case COAP -> {
                    count(NodeCounter.COAP_MESSAGES_IN);
                    coap.onMeshMessage(message.origin(), payload);
                }
                case IDENT -> Logger.debug("ident arrived origin={} hops={}", message.origin(), hops);
            }
        }

        private void onReadings(MessageId message, int hops, long ageMs, byte[] payload) {
            Uplink uplink = ports.uplink();
            if (uplink == null) {
                Logger.warn("readings for a gateway arrived at a node that is none origin={}", message.origin());
                return;
            }
            if (stopping && !message.origin().equals(id())) {
                return; // Its origin keeps it for the next gateway, or for this one's next start.
            }
            ReadingBatch batch;
            try {
                batch = ReadingBatchCodec.decode(payload);
            } catch (SenmlFormatException malformed) {
                count(NodeCounter.PAYLOADS_MALFORMED);
                router.settle(timers.nowMs(), message, SettleStatus.REFUSED, effects);
                routed();
                return;
            }
            // Readings may overtake the IDENT of a new node; a topic must not change its name because of that.
            if (directory.presume(timers.nowMs(), message.origin(), batch.name(), batch.epoch())) {
                duplicateName(message.origin(), batch.name());
            }
            // Relative times in the batch were relative to its encoding; the message has travelled since then.
            long encodedAtMs = timers.nowMs() - ageMs;
            boolean outdated = directory.epochOf(message.origin()) > batch.epoch();
            uplink.accept(new Uplink.Arrival(
                    message, message.origin(), directory.label(message.origin()), hops, encodedAtMs, batch, outdated));
        }

        @Override
        public void onSettled(long messageNumber, NodeId gateway, SettleStatus status) {
            withOutbox(nowMs -> outbox.onSettled(nowMs, messageNumber, status));
        }

        @Override
        public void onDropped(MessageId message, Destination destination, DropReason reason) {
            if (message.origin().equals(id())) {
                Logger.debug("message given back number={} reason={}", message.number(), reason);
                withOutbox(nowMs -> outbox.onDropped(nowMs, message.number(), reason));
                if (reason == DropReason.NO_ROUTE && destination instanceof Destination.Node node) {
                    coap.onUnreachable(node.id());
                }
            }
        }

        @Override
        public void onRouteChanged(RouteChange change) {
            Logger.debug(
                    "route changed destination={} nextHop={} metric={} reason={}",
                    change.destination(),
                    change.nextHop(),
                    change.metric(),
                    change.reason());
            coap.onChange();
            if (change.nextHop() != null) {
                coap.onReachable(change.destination());
                withOutbox(outbox::onReady);
            }
        }

        @Override
        public void onIdentified(Identity identity) {
            NodeDirectory.Change change = directory.learn(timers.nowMs(), identity);
            if (change == NodeDirectory.Change.NONE) {
                return;
            }
            Logger.info("node known name={} id={}", directory.label(identity.id()), identity.id());
            if (change == NodeDirectory.Change.CONFLICT) {
                duplicateName(identity.id(), identity.name());
            }
            Uplink uplink = ports.uplink();
            if (uplink != null) {
                for (Identity holder : directory.named(identity.name())) {
                    uplink.nodeKnown(holder, directory.label(holder.id()));
                }
            }
        }

        private void duplicateName(NodeId node, String name) {
            onAlarm(new Alarm(
                    Alarm.Kind.DUPLICATE_NAME,
                    node,
                    "two nodes are named '" + name + "'; give one another name in its [node] section"));
        }

        @Override
        public void onEpochRepaired(long epoch) {
            Logger.warn("epoch repaired: the mesh knew a later boot of this node epoch={}", epoch);
            identity = new Identity(identity.id(), identity.name(), identity.roles(), epoch);
            directory.learn(timers.nowMs(), identity);
            ports.observer().renumbered(epoch);
            withOutbox(nowMs -> outbox.renumber(epoch));
        }

        @Override
        public void onTraced(TraceReport report) {
            // A trace to this node itself ends within its own call, before its number is known to anybody.
            timers.at(timers.nowMs(), () -> {
                Consumer<TraceReport> waiting = traces.remove(report.traceId());
                if (waiting != null) {
                    waiting.accept(report);
                }
            });
        }

        @Override
        public void onAlarm(Alarm alarm) {
            if (alarms.raise(timers.nowMs(), alarm)) {
                Logger.warn("alarm kind={} node={} detail={}", alarm.kind(), alarm.node(), alarm.detail());
            }
        }
    }

    /** A reading that was given up. */
    private record Lost(String id, LossReason reason, long atMs) {
        NodeSnapshot.LostReading at(long nowMs) {
            return new NodeSnapshot.LostReading(id, reason, nowMs - atMs);
        }
    }

    /** The outbox's way into the mesh. */
    private final class OutboxEffects implements OutboxPort {
        @Override
        public int maxPayloadBytes() {
            return router.maxPayloadBytes(Destination.GATEWAY);
        }

        @Override
        public long send(ReadingBatch batch, long repeats, int turn) {
            ByteBuffer payload = ByteBuffer.wrap(ReadingBatchCodec.encode(batch));
            long number = router.send(
                    timers.nowMs(),
                    Destination.GATEWAY,
                    PayloadType.READINGS,
                    Priority.NORMAL,
                    Outbox.MESSAGE_AGE_MS,
                    true,
                    repeats,
                    turn,
                    payload,
                    effects);
            routed();
            return number;
        }

        @Override
        public long wallTimeMs() {
            return ports.wallClock().isSynchronised() ? ports.wallClock().nowMs() : Outbox.NO_WALL_TIME;
        }

        @Override
        public void lost(long seq, LossReason reason) {
            count(NodeCounter.READINGS_LOST);
            Lost reading = new Lost(settings.name() + "/" + epoch() + "/" + seq, reason, timers.nowMs());
            Logger.warn("reading lost id={} reason={}", reading.id(), reason);
            if (lost.isEmpty()) {
                lost = new ArrayList<>();
            } else if (lost.size() == MAX_LOST) {
                lost.remove(0);
            }
            lost.add(reading);
            ports.observer().lost(seq, reason);
        }

        @Override
        public void settled(long seq) {
            count(NodeCounter.READINGS_SETTLED);
            ports.observer().settled(seq);
        }

        @Override
        public void repeated() {
            count(NodeCounter.OUTBOX_REPEATS);
        }
    }

    /** The uplink's way back into the mesh. */
    private final class UplinkHost implements Uplink.Host {
        @Override
        public void settle(MessageId message, SettleStatus status) {
            router.settle(timers.nowMs(), message, status, effects);
            routed();
        }

        @Override
        public void stateChanged() {
            Uplink uplink = ports.uplink();
            if (uplink != null) {
                announceGateway(uplink);
            }
        }

        @Override
        public Timers timers() {
            return timers;
        }
    }

    /** What CoAP needs of the node. */
    private final class Host implements CoapHost {
        @Override
        public NodeId id() {
            return Node.this.id();
        }

        @Override
        public NodeSnapshot snapshot() {
            return Node.this.snapshot();
        }

        @Override
        public List<String> sensorNames() {
            return sensors.names();
        }

        @Override
        public Optional<SenmlPack> latest(String sensor) {
            return sensors.latest(
                    sensor,
                    timers.nowMs(),
                    ports.wallClock().nowMs(),
                    ports.wallClock().isSynchronised());
        }

        @Override
        public List<CommandInfo> commands(String sensor) {
            return sensors.commands(sensor);
        }

        @Override
        public void command(CommandOrder order) {
            sensors.command(order);
        }

        @Override
        public Optional<NodeId> resolve(String node) {
            return NodeNames.resolve(
                    knownNodes(timers.nowMs()),
                    MeshAddress.prefixOf(settings.coap().networkId()),
                    node);
        }

        @Override
        public boolean sendMesh(NodeId to, byte[] coapMessage) {
            long number = router.send(
                    timers.nowMs(),
                    Destination.node(to),
                    PayloadType.COAP,
                    Priority.NORMAL,
                    CoapNode.MESSAGE_AGE_MS,
                    false,
                    0,
                    0,
                    ByteBuffer.wrap(coapMessage),
                    effects);
            routed();
            count(number > 0 ? NodeCounter.COAP_MESSAGES_OUT : NodeCounter.COAP_MESSAGES_UNROUTED);
            return number > 0;
        }

        @Override
        public boolean hasRoute(NodeId to) {
            return router.hasRoute(to);
        }

        @Override
        public int maxPayloadBytes(NodeId to) {
            return router.maxPayloadBytes(Destination.node(to));
        }

        @Override
        public Optional<RouteExplanation> explain(NodeId node) {
            return router.explain(timers.nowMs(), node);
        }

        @Override
        public long trace(NodeId node, Consumer<TraceReport> done) {
            long number = router.trace(timers.nowMs(), node, effects);
            routed();
            if (number > 0) {
                traces = traces.isEmpty() ? new HashMap<>() : traces;
                traces.put(number, done);
            }
            return number;
        }

        @Override
        public Optional<NodeId> gateway() {
            return Optional.ofNullable(router.snapshot(timers.nowMs()).pinnedGateway());
        }

        @Override
        public boolean isGateway() {
            return ports.uplink() != null;
        }
    }
}
