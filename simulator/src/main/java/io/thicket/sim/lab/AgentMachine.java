package io.thicket.sim.lab;

import io.thicket.agent.coap.CoapClock;
import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.node.Node;
import io.thicket.agent.node.NodeObserver;
import io.thicket.agent.node.NodePorts;
import io.thicket.agent.node.NodeSettings;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.TraceReport;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.SealCipher;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import io.thicket.sim.medium.wifi.WifiListener;
import io.thicket.sim.scenario.ns3.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One boot of a complete node: the agent's own {@link Node} on the laboratory's channel. Readings come from a sensor and count when
 * the broker has them; packets between nodes are handed to the mesh as CoAP messages are.
 */
final class AgentMachine implements LabMachine {
    static final long NETWORK = 0x7369_6d21L;

    /** The agent's defaults. */
    private static final OutboxLimits LIMITS = new OutboxLimits(10_000, 24L * 3_600_000);

    private static final Set<Identity.Role> OF_GATEWAYS = Set.of(Identity.Role.GATEWAY, Identity.Role.RELAY);
    private static final Set<Identity.Role> OF_SENSORS = Set.of(Identity.Role.SENSOR, Identity.Role.RELAY);

    private static final int MAX_DESTINATIONS = 4_000;
    private static final long MAX_OFFSET_MS = 1_000_000;

    private final Lab lab;
    private final int index;
    private long epoch;
    private final VirtualTimers timers;
    private final WifiLink link;
    private final PlannedSensor sensor = new PlannedSensor();

    /** Packets to other nodes; null before the first, which most nodes never send. */
    private @Nullable PeerPackets peers;

    private final Outside outside;
    private final @Nullable BridgeUplink uplink;
    private final Node node;

    private final Seeds seeds;
    private final int boot;

    private final WatchedRouter router;
    private boolean up;
    private boolean dead;

    /** The number of the packet that its sensor is given just now, 0 for none; all that a source makes are numbered by ints, see {@link Ledger}. */
    private int offering;

    /** Of its outbox, as the power was cut. */
    private long pastRepeats;

    private int givenUp;

    AgentMachine(
            Lab lab,
            Seeds seeds,
            int index,
            int boot,
            Map<LinkClass, RoutingParameters> parameters,
            CoapSettings coap,
            Outside outside) {
        Simulation simulation = lab.simulation();
        Circumstances circumstances = lab.circumstances();
        CoapClock.use(() -> simulation.nowUs() * 1_000);
        this.lab = lab;
        this.index = index;
        this.outside = outside;
        this.epoch = lab.machines().epochOf(index);
        this.seeds = seeds;
        this.boot = boot;
        long purpose = ProtocolFactory.purpose(index, boot);
        timers = new VirtualTimers(
                simulation,
                index,
                Long.remainderUnsigned(seeds.seed("clock", purpose), MAX_OFFSET_MS),
                circumstances.hasTrueClock(index)
                        ? null
                        : simulatedMs -> circumstances.clockAheadMs(index, simulatedMs));
        LabCipher standIn = lab.standIn();
        SealCipher real = outside.cipher();
        LabCipher opened = real == null ? standIn : new LabCipher(NETWORK, 1); // without a bridge nothing crosses
        SealCipher honest = real == null ? standIn : new ToldCipher(standIn, opened, real);
        SealCipher cipher = Insiders.cipherOf(
                lab.scenario(), seeds, index, lab.nodeId(index), standIn, honest, data -> lab.runTrace()
                        .swallowed(index, data));
        link = new WifiLink(lab.channel(), lab.runTrace(), index, boot, standIn, seeds);
        boolean gateway = lab.scenario().gateways().contains(index);
        Set<Identity.Role> roles = gateway ? OF_GATEWAYS : OF_SENSORS;
        String name = outside.name(index);
        RandomGenerator random = seeds.generator("node", purpose);
        WallClock wall = outside.wallClock(circumstances.wallClock(index));
        Timers loop = outside.timers(timers);
        GatewayIdentity self = new GatewayIdentity(name, lab.nodeId(index), "sim");
        RandomGenerator uplinkRandom = seeds.generator("uplink", purpose);
        Uplink realUplink = gateway ? outside.uplink(self, wall, uplinkRandom) : null;
        uplink = gateway && realUplink == null
                ? new BridgeUplink(lab.broker(), BridgeUplink.Later.of(simulation), self, wall, uplinkRandom)
                : null;
        RouterConfig config = new RouterConfig(
                outside.signer(seeds, index),
                outside.verifier(),
                name,
                roles,
                epoch,
                seeds.seed("salt", purpose),
                cipher,
                random,
                parameters,
                MAX_DESTINATIONS,
                outside.gateways(),
                circumstances.willingnessOf(index),
                lab.buffers());
        NodeSettings settings =
                new NodeSettings("sim", new Identity(lab.nodeId(index), name, roles, epoch), LIMITS, coap);
        Books books = new Books();
        NodePorts ports = new NodePorts(
                loop,
                wall,
                random,
                Stream.concat(
                                Stream.of(link),
                                outside.links(index, loop).stream()
                                        .map(its -> new OutsideLink(its, lab.runTrace(), index, standIn, opened)))
                        .toList(),
                Stream.concat(Stream.of(sensor), outside.sensors(index, loop, random).stream())
                        .toList(),
                realUplink == null ? uplink : realUplink,
                books,
                books);
        Router made = new Router(config);
        if (!outside.isReal()) {
            made.expectNoStalls();
        }
        router = new Watched(lab.scrutiny(), index, made);
        node = new Node(settings, router, ports);
    }

    private String name() {
        return outside.name(index);
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public void powerUp() {
        if (dead) {
            return;
        }
        up = true;
        try {
            node.start();
        } catch (IOException e) {
            throw new UncheckedIOException("a node without CoAP addresses listens nowhere", e);
        }
    }

    @Override
    public void vanish() {
        vanish(node::abandon);
    }

    private void vanish(Runnable farewell) {
        pastRepeats = repeatsOfOutbox();
        dead = true;
        boolean wasUp = up;
        up = false;
        if (outside.isReal() && wasUp) {
            farewell.run();
        }
        timers.kill();
        link.close();
        if (uplink != null) {
            uplink.close();
        }
        lab.scrutiny().gone(index);
    }

    @Override
    public void end() {
        if (outside.isReal() && !dead) {
            vanish(node::leave);
        }
    }

    @Override
    public void offer(int destination, long seq, int payloadBytes) {
        if (destination == Flow.ANY_GATEWAY) {
            offering = Math.toIntExact(seq);
            sensor.read(timers.nowMs(), lab.departures().observations(name(), payloadBytes));
            offering = 0;
        } else {
            PeerPackets packets = peers;
            if (packets == null) {
                RandomGenerator random = seeds.generator("origin", ProtocolFactory.purpose(index, boot));
                packets = new PeerPackets(
                        timers, new PlainOrigin(index, this::sendToPeer, this::packetGivenUp, true, random));
                peers = packets;
            }
            packets.offer(destination, seq, payloadBytes);
        }
    }

    @Override
    public void sendRaw(Destination destination, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        if (destination instanceof Destination.Node to) {
            node.sendCoap(to.id(), bytes);
        } else if (!lab.scenario().gateways().isEmpty()) {
            node.sendCoap(lab.nodeId(lab.scenario().gateways().get(0)), bytes);
        }
    }

    @Override
    public RoutingSnapshot snapshot() {
        return node.routing();
    }

    @Override
    public @Nullable NodeSnapshot nodeSnapshot() {
        return node.snapshot();
    }

    @Override
    public Optional<RouteExplanation> explain(NodeId to) {
        return node.explain(to);
    }

    @Override
    public long trace(NodeId to, Consumer<TraceReport> done) {
        return node.trace(to, done);
    }

    @Override
    public long repeats() {
        return repeatsOfOutbox() + (peers == null ? 0 : peers.repeats());
    }

    private long repeatsOfOutbox() {
        return dead ? pastRepeats : node.outboxRepeats();
    }

    @Override
    public long givenUp() {
        return givenUp + (peers == null ? 0 : peers.givenUp());
    }

    @Override
    public void setBroker(boolean brokerUp) {
        if (uplink != null) {
            uplink.setBroker(brokerUp);
        }
    }

    @Override
    public WifiListener radio() {
        return link;
    }

    private long sendToPeer(int destination, long maxAgeMs, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        boolean taken = node.sendCoap(lab.nodeId(destination), bytes);
        return taken ? router.lastNumber() : MeshRouter.Refusal.NO_ROUTE;
    }

    private void packetGivenUp(long seq, String reason) {
        if (!dead) { // what is in memory goes with the power
            lab.runTrace().lost(index, seq, reason);
        }
    }

    /** What the node writes down: of its readings for the ledger, and the number of its boot on the disk. */
    private final class Books implements NodeObserver, LongConsumer {
        @Override
        public void accept(long repaired) {
            lab.machines().storeEpoch(index, repaired);
        }

        @Override
        public void offered(long seq, List<SenmlRecord> records) {
            // A reading that nobody planned is one of a device outside.
            long number = offering > 0 ? offering : lab.departures().createdOutside(index, Measured.of(records));
            lab.ledger().numbered(index, epoch, seq, number);
        }

        @Override
        public void settled(long itsEpoch, long seq) {
            lab.ledger().settled(index, itsEpoch, seq);
        }

        @Override
        public void lost(long itsEpoch, long seq, LossReason reason) {
            if (dead) {
                return; // with the power, as all that is in memory
            }
            givenUp++;
            lab.runTrace().lost(index, itsEpoch, seq, reason.name());
        }

        @Override
        public void renumbered(long newEpoch) {
            epoch = newEpoch;
        }
    }

    /** With who looks at it and its number in it once more: they are wanted at each frame. */
    private final class Watched extends WatchedRouter {
        private final Scrutiny scrutiny;
        private final int index;

        Watched(Scrutiny scrutiny, int index, MeshRouter router) {
            super(router);
            this.scrutiny = scrutiny;
            this.index = index;
        }

        @Override
        void dropped(MessageId message, DropReason reason) {
            scrutiny.dropped(index, message, reason);
            if (message.origin().equals(lab.nodeId(index))) {
                timers.post(() -> {
                    PeerPackets packets = peers;
                    if (packets != null) {
                        packets.dropped(message.number(), reason);
                    }
                });
            }
        }

        @Override
        void changed(RouteChange change) {
            scrutiny.routeChanged(index, change);
            PeerPackets packets = peers;
            if (change.nextHop() != null && packets != null && packets.isWaiting()) {
                timers.post(packets::ready);
            }
        }

        @Override
        void alarmed(Alarm alarm) {
            scrutiny.alarm(index, alarm);
        }

        @Override
        boolean took(PayloadType type, int hops, ByteBuffer payload) {
            if (type != PayloadType.COAP || outside.isReal() && PlainOrigin.isCoap(payload)) {
                return false;
            }
            lab.arrivals().delivered(index, type, hops, payload);
            return true;
        }

        @Override
        void sent(long number, PayloadType type, ByteBuffer payload) {
            lab.runTrace().composed(index, epoch, number, type, payload);
        }

        @Override
        void called() {
            scrutiny.called(index);
        }
    }
}
