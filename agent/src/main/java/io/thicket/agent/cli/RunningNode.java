package io.thicket.agent.cli;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.coap.CommandAccess;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.identity.EpochStore;
import io.thicket.agent.identity.NodeIdentity;
import io.thicket.agent.node.EventLoop;
import io.thicket.agent.node.Node;
import io.thicket.agent.node.NodeObserver;
import io.thicket.agent.node.NodePorts;
import io.thicket.agent.node.NodeSettings;
import io.thicket.agent.node.RouterSettings;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.sensing.SensorFactory;
import io.thicket.agent.store.FileStore;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.jssc.JsscTransport;
import io.thicket.drivers.serial.net.NetworkPorts;
import io.thicket.drivers.serial.replay.RecordedPorts;
import io.thicket.routing.Identity;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A node on the real ports, from its configuration to its end. */
final class RunningNode {
    /** A signal's whole time is 5 s (docs/cli.md); the node's own stop takes up to 2 s of it. */
    private static final long STOP_MS = 4_500;

    private static final long POST_AGAIN_MS = 10;

    private final LoadedConfig config;
    private final UplinkFactory uplinks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable FieldRecorder recording;
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK.number());

    RunningNode(LoadedConfig config, UplinkFactory uplinks) {
        this.config = config;
        this.uplinks = uplinks;
    }

    /** Builds and runs the node; returns the exit code when it has ended. */
    int runToEnd() throws Failure {
        config.warnings().forEach(warning -> Logger.warn("configuration {}", warning));
        EventLoop loop = new EventLoop("node", fatal -> end(ExitCode.SOFTWARE));
        Node node = build(loop);
        Thread stopper = new Thread(() -> stop(node, loop), "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        loop.post(() -> start(node));
        loop.start();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return exitCode.get();
    }

    private void start(Node node) {
        try {
            long firstSeq = node.newestSeq() + 1;
            node.start();
            Logger.info(
                    "node started name={} id={} epoch={} firstSeq={}",
                    config.node().node().name(),
                    node.id(),
                    node.epoch(),
                    firstSeq);
        } catch (IOException e) {
            Logger.error("cannot start: {}", e.getMessage());
            end(ExitCode.UNAVAILABLE);
        } catch (RuntimeException e) {
            // The loop would go on with half a node.
            Logger.error(e, "cannot start; this is a bug");
            end(ExitCode.SOFTWARE);
        }
    }

    private void end(ExitCode code) {
        exitCode.compareAndSet(ExitCode.OK.number(), code.number());
        ended.countDown();
    }

    /** On a signal: the JVM ends when this has returned. */
    private void stop(Node node, EventLoop loop) {
        CountDownLatch stopped = new CountDownLatch(1);
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MS);
        try {
            boolean asked = loop.post(() -> node.stop(() -> stopped(stopped)));
            while (!asked && !loop.hasEnded() && System.nanoTime() < untilNanos) {
                Thread.sleep(POST_AGAIN_MS); // Its queue is full.
                asked = loop.post(() -> node.stop(() -> stopped(stopped)));
            }
            long leftNanos = untilNanos - System.nanoTime();
            if (!asked || !stopped.await(leftNanos, TimeUnit.NANOSECONDS)) {
                Logger.warn("the node did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.stop(200);
        Logger.info("node ended");
        if (ended.getCount() > 0) {
            // A signal asked for this end: it is a success, whatever the signal's number.
            Runtime.getRuntime().halt(ExitCode.OK.number());
        }
    }

    /** On the loop, when the node has closed everything. */
    private void stopped(CountDownLatch latch) {
        FieldRecorder recorder = recording;
        if (recorder != null) {
            recorder.close();
        }
        latch.countDown();
    }

    private Node build(EventLoop loop) throws Failure {
        NodeConfig nodeConfig = config.node();
        NetworkKey key = networkKey(nodeConfig);
        FileStore store = store(nodeConfig);
        SecureRandom secure = new SecureRandom();
        NodeIdentity keys;
        EpochStore epochs;
        long epoch;
        try {
            keys = NodeIdentity.loadOrCreate(store, secure);
            epochs = new EpochStore(store);
            epoch = epochs.next();
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, e.getMessage());
        }
        WallClock wallClock = new SystemWallClock(nodeConfig.node().clock() == NodeConfig.Clock.TRUSTED);
        List<Link> links = LinkFactory.create(nodeConfig.links(), loop);
        Uplink uplink = uplinks.create(config, keys.id(), loop, wallClock, secure);
        Identity identity = new Identity(keys.id(), nodeConfig.node().name(), roles(nodeConfig, uplink), epoch);
        Path record = nodeConfig.debug().record();
        FieldRecorder recorder = record == null
                ? null
                : FieldRecorder.open(record, nodeConfig.debug().recordLimitBytes(), secure);
        recording = recorder;
        RouterConfig routerConfig = RouterSettings.of(
                nodeConfig.mesh(),
                key,
                recorder == null ? keys.signer() : recorder.recording(keys.signer()),
                identity,
                secure.nextLong(),
                recorder == null ? secure : recorder.random());
        if (recorder != null) {
            recorder.begin(routerConfig, key);
        }
        NodeSettings settings = new NodeSettings(
                Version.text(),
                identity,
                new OutboxLimits(
                        nodeConfig.outbox().maxReadings(),
                        nodeConfig.outbox().maxAge().toMillis()),
                new CoapSettings(nodeConfig.network().site(), key.id(), listen(nodeConfig), access(nodeConfig)));
        NodePorts ports = new NodePorts(
                loop,
                wallClock,
                secure,
                links,
                sensors(config, loop, secure),
                uplink,
                repaired -> persist(epochs, repaired),
                NodeObserver.NONE);
        MeshRouter router = new Router(routerConfig);
        return new Node(settings, recorder == null ? router : recorder.wrap(router), ports);
    }

    private static List<Sensor> sensors(LoadedConfig config, EventLoop loop, RandomGenerator random) throws Failure {
        SensorSpecs specs = new SensorSpecs(config);
        try {
            List<Sensor> sensors = new SensorFactory(
                            RecordedPorts.or(NetworkPorts.or(JsscTransport::open)),
                            PortSystem.LINUX,
                            config.ownDrivers())
                    .createAll(specs.buses(), specs.sensors(), loop, random);
            return specs.filtered(sensors, loop);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.CONFIG, e.getMessage());
        }
    }

    private static NetworkKey networkKey(NodeConfig config) throws Failure {
        try {
            return NetworkKeyFile.read(config.network().keyFile());
        } catch (ConfigException e) {
            throw new Failure(ExitCode.NO_PERMISSION, e.getMessage());
        }
    }

    private static FileStore store(NodeConfig config) throws Failure {
        try {
            return FileStore.open(config.node().dataDir());
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, e.getMessage());
        }
    }

    private static Set<Identity.Role> roles(NodeConfig config, @Nullable Uplink uplink) {
        Set<Identity.Role> roles = EnumSet.noneOf(Identity.Role.class);
        if (!config.sensors().isEmpty()) {
            roles.add(Identity.Role.SENSOR);
        }
        if (config.node().relay()) {
            roles.add(Identity.Role.RELAY);
        }
        if (uplink != null) {
            roles.add(Identity.Role.GATEWAY);
        }
        return roles;
    }

    private static CommandAccess access(NodeConfig config) {
        Map<String, Set<String>> dangerous = new HashMap<>();
        for (SensorConfig sensor : config.sensors()) {
            dangerous.put(sensor.name(), Set.copyOf(sensor.allowCommands()));
        }
        Set<NodeConfig.Commander> may = config.coap().commands();
        return new CommandAccess(
                may.contains(NodeConfig.Commander.LOCAL), may.contains(NodeConfig.Commander.MESH), dangerous);
    }

    private static List<InetSocketAddress> listen(NodeConfig config) throws Failure {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (HostPort hostPort : config.coap().listen()) {
            addresses.add(LinkFactory.resolve(hostPort));
        }
        return addresses;
    }

    private void persist(EpochStore epochs, long epoch) {
        try {
            epochs.raiseTo(epoch);
        } catch (IOException e) {
            // Going on without it could repeat sequence numbers after the next start.
            Logger.error("the epoch cannot be written, ending: {}", e.getMessage());
            end(ExitCode.CANNOT_CREATE);
        }
    }
}
