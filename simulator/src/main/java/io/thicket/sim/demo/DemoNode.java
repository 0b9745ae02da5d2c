package io.thicket.sim.demo;

import io.thicket.agent.cli.SystemWallClock;
import io.thicket.agent.cli.Version;
import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.agent.identity.EpochStore;
import io.thicket.agent.identity.NodeIdentity;
import io.thicket.agent.link.PeersLink;
import io.thicket.agent.link.PeersLinkSettings;
import io.thicket.agent.node.EventLoop;
import io.thicket.agent.node.Node;
import io.thicket.agent.node.NodeObserver;
import io.thicket.agent.node.NodePorts;
import io.thicket.agent.node.NodeSettings;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.gateway.mqtt.MqttSettings;
import io.thicket.gateway.mqtt.MqttUplink;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.node.SimSensor;
import io.thicket.sim.node.SimStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One machine of the demo over all of its boots: a complete node with a thread and a UDP socket of its own. Its disk is in
 * memory and stays between boots. The methods are called by the demo's thread only.
 */
final class DemoNode {
    /** The mesh network and the site of the demo. */
    static final String NETWORK = "demo";

    static final String SENSOR = "air";
    static final long READING_PERIOD_MS = 2_000;

    private static final int RATE_KBPS = 6_000;
    private static final OutboxLimits OUTBOX = new OutboxLimits(10_000, 3_600_000);
    private static final long ANSWER_MS = 1_000;

    /** The first one loads the agent's classes, perhaps on a busy machine. */
    private static final long START_MS = 20_000;

    private static final long STOP_MS = 4_000;

    private final Wiring wiring;
    private final int number;
    private final SimStore store = new SimStore();
    private final NodeIdentity identity;
    private final Map<Long, String> fates = new ConcurrentHashMap<>();
    private int boots;
    private @Nullable Boot boot;

    /**
     * What the nodes share.
     *
     * @param brokerUrl where the gateway publishes
     * @param coap where the gateway answers people and tools
     * @param sockets of all nodes, by number
     * @param clockMs the clock of the book
     */
    record Wiring(
            Seeds seeds,
            ReadingBook book,
            String brokerUrl,
            Supplier<InetSocketAddress> coap,
            List<InetSocketAddress> sockets,
            LongSupplier clockMs) {}

    /** A machine that is off; node 0 is the gateway. */
    DemoNode(Wiring wiring, int number) throws IOException {
        this.wiring = wiring;
        this.number = number;
        this.identity = NodeIdentity.loadOrCreate(store, wiring.seeds().generator("identity", number));
    }

    String name() {
        return "n" + number;
    }

    NodeId id() {
        return identity.id();
    }

    boolean isGateway() {
        return number == 0;
    }

    boolean isUp() {
        return boot != null;
    }

    /** How often it was started. */
    int boots() {
        return boots;
    }

    /** Switches it on; {@code neighbors} are the numbers of the nodes that it can hear. */
    void start(List<Integer> neighbors) throws IOException {
        boots++;
        Boot starting = new Boot(new EpochStore(store).next(), boots, neighbors);
        starting.loop.start();
        boot = starting;
        CompletableFuture<String> started = new CompletableFuture<>();
        starting.loop.post(() -> {
            try {
                starting.node.start();
                started.complete("");
            } catch (IOException e) {
                started.complete(e.getMessage());
            }
        });
        String problem = get(started, START_MS).orElse("its loop does not answer");
        if (!problem.isEmpty()) {
            kill();
            throw new IOException("node " + name() + " does not start: " + problem);
        }
    }

    /** Cuts the power: the socket closes, the thread ends, nothing is said or saved. */
    void kill() {
        Boot dying = boot;
        boot = null;
        if (dying != null) {
            dying.loop.post(dying.link::close);
            dying.loop.stop(ANSWER_MS);
        }
    }

    /** Ends it cleanly. */
    void stop() {
        Boot ending = boot;
        boot = null;
        if (ending != null) {
            CompletableFuture<String> done = new CompletableFuture<>();
            ending.loop.post(() -> ending.node.stop(() -> done.complete("")));
            try {
                done.get(STOP_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // Its loop is stopped in any case.
            }
            ending.loop.stop(ANSWER_MS);
        }
    }

    /** A picture of the running node; empty if it is off or does not answer within a second. */
    Optional<NodeSnapshot> snapshot() {
        Boot running = boot;
        if (running == null) {
            return Optional.empty();
        }
        CompletableFuture<NodeSnapshot> picture = new CompletableFuture<>();
        running.loop.post(() -> picture.complete(running.node.snapshot()));
        return get(picture);
    }

    /** What the node itself knows of its reading {@code serial}. */
    String fateOf(long serial) {
        return fates.getOrDefault(serial, "still in the outbox of " + name());
    }

    private static <T> Optional<T> get(CompletableFuture<T> future) {
        return get(future, ANSWER_MS);
    }

    private static <T> Optional<T> get(CompletableFuture<T> future, long withinMs) {
        try {
            return Optional.of(future.get(withinMs, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Everything that a power cut takes. */
    private final class Boot implements NodeObserver {
        private final EventLoop loop;
        private final Link link;
        private final Node node;
        private final int bootNumber;
        private final Map<Long, Long> serialBySeq = new ConcurrentHashMap<>();
        private long newestSerial;

        Boot(long epoch, int bootNumber, List<Integer> neighbors) {
            this.bootNumber = bootNumber;
            long purpose = (long) number << 20 | bootNumber;
            Seeds seeds = wiring.seeds();
            RandomGenerator random = seeds.generator("node", purpose);
            loop = new EventLoop(name(), fatal -> {});
            link = new PeersLink(
                    new PeersLinkSettings(
                            "loopback",
                            wiring.sockets().get(number),
                            neighbors.stream().map(wiring.sockets()::get).toList(),
                            LinkClass.WIFI,
                            RATE_KBPS,
                            false),
                    loop);
            WallClock wall = new SystemWallClock(true);
            Uplink uplink = isGateway() ? uplink(wall, random) : null;
            Set<Identity.Role> roles = EnumSet.of(Identity.Role.SENSOR, Identity.Role.RELAY);
            if (uplink != null) {
                roles.add(Identity.Role.GATEWAY);
            }
            SimSensor sensor = new SimSensor(
                    SENSOR, loop, seeds.generator("sensor", purpose), READING_PERIOD_MS, this::nextSerial);
            RouterConfig config = new RouterConfig(
                    identity.signer(),
                    new Ed25519Verifier(),
                    name(),
                    roles,
                    epoch,
                    seeds.seed("salt", purpose),
                    new ChaChaSealCipher(
                            NETWORK.getBytes(StandardCharsets.US_ASCII),
                            seeds.bytes("network", 0, ChaChaSealCipher.NETWORK_KEY_BYTES)),
                    random);
            node = new Node(
                    new NodeSettings(
                            Version.text(),
                            new Identity(id(), name(), roles, epoch),
                            OUTBOX,
                            new CoapSettings(
                                    NETWORK,
                                    NETWORK,
                                    isGateway() ? List.of(wiring.coap().get()) : List.of())),
                    new Router(config),
                    new NodePorts(loop, wall, random, List.of(link), List.of(sensor), uplink, this::persist, this));
        }

        private Uplink uplink(WallClock wall, RandomGenerator random) {
            MqttUplink mqtt = new MqttUplink(
                    new MqttSettings(
                            wiring.brokerUrl(),
                            "",
                            null,
                            "thicket-demo-" + id(),
                            MqttSettings.DEFAULT_KEEP_ALIVE,
                            MqttSettings.DEFAULT_WILL_DELAY),
                    BridgeSettings.DEFAULT,
                    new TopicScheme(TopicScheme.DEFAULT_ROOT, NETWORK),
                    new GatewayIdentity(name(), id(), Version.text()),
                    wall,
                    random);
            return new HopCounter(mqtt, wiring.book());
        }

        private long nextSerial() {
            newestSerial =
                    wiring.book().made(name(), bootNumber, wiring.clockMs().getAsLong());
            return newestSerial;
        }

        private void persist(long repaired) {
            try {
                new EpochStore(store).raiseTo(repaired);
            } catch (IOException e) {
                throw new IllegalStateException("a disk in memory takes everything", e);
            }
        }

        @Override
        public void offered(long seq, List<SenmlRecord> records) {
            serialBySeq.put(seq, newestSerial);
        }

        @Override
        public void settled(long epoch, long seq) {
            fates.put(serialOf(seq), "settled by the gateway, but the subscriber did not see it");
        }

        @Override
        public void lost(long epoch, long seq, LossReason reason) {
            fates.put(serialOf(seq), "given up by " + name() + ": " + reason);
        }

        private long serialOf(long seq) {
            Long serial = serialBySeq.remove(seq);
            return serial == null ? -1 : serial;
        }
    }
}
