package io.thicket.agent.node;

import io.thicket.agent.coap.CoapNode;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkId;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final NodeParts parts;
    private final MeshHost host;
    private final CoapNode coap;
    private final MeshEvents events;
    private boolean stopping;

    /** {@code own} is the node's router, just made, or what records all that passes to it and from it. */
    public Node(NodeSettings settings, MeshRouter own, NodePorts ports) {
        NodeEffects effects = new NodeEffects(ports.links(), ports.persistEpoch());
        NodeCounters counters = new NodeCounters();
        RouterCalls router = new RouterCalls(own, effects, ports.timers());
        SensorDesk sensors = new SensorDesk(ports.sensors());
        OutboxDesk outbox = new OutboxDesk(settings, ports, router, counters);
        this.parts = new NodeParts(
                settings,
                ports,
                router,
                new NodeDirectory(),
                sensors,
                outbox,
                new AlarmLog(),
                counters,
                new TraceWaits());
        this.host = new MeshHost(parts);
        this.coap = new CoapNode(host);
        this.events = new MeshEvents(parts, coap);
        effects.tell(events);
    }

    /**
     * Starts links, uplink, CoAP and sensors, in this order. On the loop.
     *
     * @throws IOException if a CoAP address cannot be listened on; the message is for people
     */
    public void start() throws IOException {
        host.started();
        NodePorts ports = parts.ports();
        RouterCalls router = parts.router();
        Identity self = parts.settings().identity();
        parts.directory().self(parts.nowMs(), self);
        for (int i = 0; i < ports.links().size(); i++) {
            Link link = ports.links().get(i);
            LinkId id = LinkId.of(i);
            router.onLink(id, link.info());
            link.start(router.listener(id));
        }
        Uplink uplink = ports.uplink();
        if (uplink != null) {
            uplink.start(new UplinkHost(uplink));
            uplink.nodeKnown(self, parts.directory().label(self.id()));
            router.gatewayState(uplink.state());
        }
        coap.start();
        parts.sensors().start(this::onReading, Node::onSensorStatus);
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
        endReadings();
        parts.outbox().askNow();
        drain(parts.nowMs() + DRAIN_MS, done);
    }

    /**
     * Ends the node at once, as a power cut does: nothing is waited for, what is left in the outbox is reported lost, and the broker of
     * an uplink hears no farewell. On the loop; nothing may be called afterwards.
     */
    public void abandon() {
        Uplink uplink = parts.ports().uplink();
        if (uplink != null) {
            uplink.abandon();
        }
        leave();
    }

    /** As {@link #abandon}, but an uplink takes leave of its broker. */
    public void leave() {
        endReadings();
        close();
    }

    /** A picture of now. On the loop. */
    public NodeSnapshot snapshot() {
        return host.snapshot();
    }

    /** The routing part of {@link #snapshot} alone, which costs much less; for invariants. On the loop. */
    public RoutingSnapshot routing() {
        return parts.router().snapshot();
    }

    /** Readings that were sent again because nobody had settled them. On the loop. */
    public long outboxRepeats() {
        return parts.outbox().repeats();
    }

    /** Sends one CoAP message (RFC 7252) to a node as this node's; false if no route takes it now. On the loop. */
    public boolean sendCoap(NodeId to, byte[] message) {
        return host.sendMesh(to, message);
    }

    /** Everything held about the way to {@code node}, and why. On the loop. */
    public Optional<RouteExplanation> explain(NodeId node) {
        return parts.router().explain(node);
    }

    /** Traces the way to {@code node} as {@code GET /trace} does: {@link MeshRouter#trace} says what is returned. On the loop. */
    public long trace(NodeId node, Consumer<TraceReport> done) {
        return host.trace(node, done);
    }

    /** Seqs of the readings that still wait for a gateway; for invariants. */
    public List<Long> keptReadings() {
        return parts.outbox().keptSeqs();
    }

    public NodeId id() {
        return parts.id();
    }

    /** The number of this boot, a later one after an epoch repair. */
    public long epoch() {
        return parts.outbox().epoch();
    }

    /** The number of the newest reading; before the first one, that which the first one follows. */
    public long newestSeq() {
        return parts.outbox().newestSeq();
    }

    private void endReadings() {
        stopping = true;
        events.stopping();
        parts.sensors().close();
    }

    private void drain(long untilMs, Runnable done) {
        if (isDrained() || parts.nowMs() >= untilMs) {
            long farewellMs = 0;
            if (parts.ports().uplink() != null) {
                // Nothing more is taken, and what was settled is told at once.
                parts.router().gatewayState(new GatewayState(false, false, 0, 0));
                farewellMs = FAREWELL_MS;
            }
            parts.ports().timers().at(parts.nowMs() + farewellMs, () -> {
                close();
                done.run();
            });
        } else {
            parts.ports().timers().at(parts.nowMs() + DRAIN_POLL_MS, () -> drain(untilMs, done));
        }
    }

    /** A publication whose answer is not awaited would be published again after the next start. */
    private boolean isDrained() {
        Uplink uplink = parts.ports().uplink();
        boolean brokerBusy =
                uplink != null && uplink.state().uplink() && uplink.state().backlog() > 0;
        return parts.outbox().isEmpty() && !brokerBusy;
    }

    private void close() {
        parts.outbox().close();
        parts.router().stop();
        Uplink uplink = parts.ports().uplink();
        if (uplink != null) {
            uplink.close();
        }
        coap.close();
        parts.ports().links().forEach(Link::close);
    }

    private void onReading(long takenAtMs, String sensor, List<SenmlRecord> records) {
        parts.outbox().offer(takenAtMs, sensor, records);
        if (coap.isServing()) {
            host.latest(sensor).ifPresent(pack -> coap.onReading(sensor, pack));
        }
    }

    private static void onSensorStatus(String sensor, Sensor.Status status) {
        if (status.problem().isEmpty()) {
            Logger.info("sensor state sensor={} state={}", sensor, status.state());
        } else {
            Logger.warn("sensor state sensor={} state={} problem={}", sensor, status.state(), status.problem());
        }
    }

    /** The uplink's way back into the mesh. */
    private final class UplinkHost implements Uplink.Host {
        private final Uplink uplink;

        UplinkHost(Uplink uplink) {
            this.uplink = uplink;
        }

        @Override
        public void settle(MessageId message, SettleStatus status) {
            parts.router().settle(message, status);
        }

        @Override
        public void stateChanged() {
            parts.router().gatewayState(uplink.state());
        }

        @Override
        public Timers timers() {
            return parts.ports().timers();
        }
    }
}
