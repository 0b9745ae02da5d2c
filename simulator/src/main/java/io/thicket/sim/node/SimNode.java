package io.thicket.sim.node;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.agent.identity.EpochStore;
import io.thicket.agent.identity.NodeIdentity;
import io.thicket.agent.node.Node;
import io.thicket.agent.node.NodeObserver;
import io.thicket.agent.node.NodePorts;
import io.thicket.agent.node.NodeSettings;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.routing.Identity;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.record.EventRecorder;
import io.thicket.routing.record.RecordingRouter;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.sim.check.NetworkView.ReadingAccount;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import io.thicket.sim.medium.Medium;
import io.thicket.sim.medium.SimLink;
import io.thicket.sim.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a simulated network, over all of its boots: the disk stays, everything else is made anew by each
 * {@link #boot}. It is the simulator's composition root of the agent's {@link Node}.
 */
public final class SimNode {
    /** The mesh network of every simulation. */
    public static final String NETWORK_ID = "sim";

    private static final String SITE = "sim";
    private static final int MAX_READINGS = 10_000;
    private static final long MAX_AGE_MS = 7L * 24 * 3_600_000;
    private static final long MAX_RECORD_BYTES = 1L << 30;
    private static final long LARGEST_CLOCK_OFFSET_MS = 1L << 32;

    private final World world;
    private final int number;
    private final SimStore store = new SimStore();
    private final NodeIdentity identity;
    private int boots;
    private long serials;
    private @Nullable Boot boot;
    private EventRecorder.@Nullable Sink recordTo;

    /** What a node shares with the others. */
    record World(
            Simulation simulation,
            Seeds seeds,
            Trace trace,
            Medium medium,
            SimSettings settings,
            ReadingLedger ledger,
            SimUplink.Broker broker) {}

    /** A machine that is off. Node 0 is the gateway. */
    SimNode(World world, int number) {
        this.world = world;
        this.number = number;
        try {
            this.identity = NodeIdentity.loadOrCreate(store, world.seeds().generator("identity", number));
        } catch (IOException e) {
            throw new UncheckedIOException("a new simulated disk takes everything", e);
        }
    }

    /** The network key of every simulation from {@code seeds}. */
    public static byte[] networkKey(Seeds seeds) {
        return seeds.bytes("network", 0, ChaChaSealCipher.NETWORK_KEY_BYTES);
    }

    public NodeId id() {
        return identity.id();
    }

    /** Name on the mesh: {@code n7}. */
    public String name() {
        return "n" + number;
    }

    public boolean isUp() {
        return boot != null;
    }

    /** How often it was started. */
    public int boots() {
        return boots;
    }

    public SimStore store() {
        return store;
    }

    /** The running node; empty while the machine is off. */
    public Optional<Node> node() {
        return Optional.ofNullable(boot).map(running -> running.node);
    }

    /** From the next start on, everything that the router gets goes to {@code sink}; see {@code thicket replay}. */
    public void record(EventRecorder.Sink sink) {
        recordTo = sink;
    }

    /** The hash of the effects of this boot's router; empty unless it is recorded. */
    public Optional<String> recordedHash() {
        return Optional.ofNullable(boot)
                .flatMap(running -> Optional.ofNullable(running.recording))
                .map(RecordingRouter::hash);
    }

    /** Readings that the node itself reported lost, over all boots. */
    public List<String> reportedLost() {
        return List.copyOf(reportedLost);
    }

    private final List<String> reportedLost = new ArrayList<>();

    /** Switches the machine on. A power cut while the epoch is written leaves it off. */
    void boot() {
        boots++;
        world.trace().add(world.simulation().nowUs(), number, "boot " + boots);
        try {
            Boot starting = new Boot(new EpochStore(store).next());
            boot = starting;
            starting.node.start();
        } catch (PowerCut cut) {
            world.trace().add(world.simulation().nowUs(), number, String.valueOf(cut.getMessage()));
            crash();
        } catch (IOException e) {
            throw new UncheckedIOException("node " + number + " cannot start", e);
        }
    }

    /** Cuts the power: no goodbye, no flush. */
    void crash() {
        Boot dying = boot;
        boot = null;
        if (dying != null) {
            world.trace().add(world.simulation().nowUs(), number, "crash");
            dying.timers.kill();
            dying.link.close();
            if (dying.uplink != null) {
                dying.uplink.close();
            }
        }
    }

    Optional<RoutingSnapshot> routing() {
        return node().map(Node::routing);
    }

    Optional<ReadingAccount> readings() {
        Boot running = boot;
        return running == null
                ? Optional.empty()
                : Optional.of(
                        new ReadingAccount(running.epoch, running.open, running.node.keptReadings(), running.settled));
    }

    private long nextSerial() {
        Simulation simulation = world.simulation();
        if (simulation.nowMs() >= world.settings().readingsUntilMs()) {
            return -1;
        }
        serials++;
        world.ledger().offered(number, serials, boots, simulation.nowMs());
        world.trace().add(simulation.nowUs(), number, "reading " + serials);
        return serials;
    }

    /** Everything that a power cut takes. */
    private final class Boot implements NodeObserver {
        private long epoch;
        private final VirtualTimers timers;
        private final SimLink link;
        private final @Nullable SimUplink uplink;
        private final Node node;
        private final SortedSet<Long> open = new TreeSet<>();
        private final List<Long> settled = new ArrayList<>();
        private @Nullable RecordingRouter recording;

        Boot(long epoch) {
            this.epoch = epoch;
            // One generator for each boot: its number is part of the seed.
            long purpose = (long) number << 20 | boots;
            Seeds seeds = world.seeds();
            RandomGenerator random = seeds.generator("node", purpose);
            timers = new VirtualTimers(
                    world.simulation(),
                    number,
                    seeds.generator("clock", purpose).nextLong(LARGEST_CLOCK_OFFSET_MS));
            link = new SimLink(world.medium(), number, timers, world.settings().link());
            boolean gateway = number == 0;
            uplink = gateway ? new SimUplink(world.ledger(), world.broker(), seeds.generator("uplink", purpose)) : null;
            List<Sensor> sensors = new ArrayList<>();
            if (!gateway || world.settings().gatewaySensor()) {
                sensors.add(new SimSensor(
                        "air",
                        timers,
                        seeds.generator("sensor", purpose),
                        world.settings().readingPeriodMs(),
                        SimNode.this::nextSerial));
            }
            Set<Identity.Role> roles = gateway
                    ? EnumSet.of(Identity.Role.SENSOR, Identity.Role.RELAY, Identity.Role.GATEWAY)
                    : EnumSet.of(Identity.Role.SENSOR, Identity.Role.RELAY);
            NodeSettings settings = new NodeSettings(
                    "sim",
                    new Identity(id(), name(), roles, epoch),
                    new OutboxLimits(MAX_READINGS, MAX_AGE_MS),
                    new CoapSettings(SITE, NETWORK_ID, List.of()));
            node = new Node(
                    settings, router(roles, random, seeds.seed("salt", purpose)), ports(random, sensors, uplink));
        }

        private MeshRouter router(Set<Identity.Role> roles, RandomGenerator random, long salt) {
            EventRecorder recorder = recordTo == null ? null : new EventRecorder(recordTo, MAX_RECORD_BYTES);
            byte[] seed = world.seeds().bytes("record", (long) number << 20 | boots, ChaChaRandom.SEED_BYTES);
            RouterConfig config = new RouterConfig(
                    recorder == null ? identity.signer() : recorder.recording(identity.signer()),
                    new Ed25519Verifier(),
                    name(),
                    roles,
                    epoch,
                    salt,
                    new ChaChaSealCipher(NETWORK_ID.getBytes(StandardCharsets.US_ASCII), networkKey(world.seeds())),
                    recorder == null ? random : new ChaChaRandom(seed));
            if (recorder != null) {
                recorder.begin("sim", config, seed, NETWORK_ID.getBytes(StandardCharsets.US_ASCII));
            }
            Router made = new Router(config);
            return recorder == null ? made : recorded(made, recorder);
        }

        private MeshRouter recorded(MeshRouter made, EventRecorder recorder) {
            RecordingRouter router = new RecordingRouter(made, recorder);
            recording = router;
            return router;
        }

        private NodePorts ports(RandomGenerator random, List<Sensor> sensors, @Nullable Uplink gatewayUplink) {
            return new NodePorts(
                    timers,
                    new SimWallClock(world.simulation(), true),
                    random,
                    List.of(link),
                    sensors,
                    gatewayUplink,
                    this::persist,
                    this);
        }

        private void persist(long repaired) {
            try {
                new EpochStore(store).raiseTo(repaired);
            } catch (IOException e) {
                throw new UncheckedIOException("the epoch of node " + number + " cannot be written", e);
            }
        }

        @Override
        public void renumbered(long repaired) {
            epoch = repaired;
            settled.clear(); // the account of the new epoch begins; that of the old one was checked after every event
        }

        @Override
        public void offered(long seq, List<SenmlRecord> records) {
            open.add(seq);
        }

        @Override
        public void settled(long itsEpoch, long seq) {
            open.remove(seq);
            if (itsEpoch == epoch) {
                settled.add(seq);
            }
        }

        @Override
        public void lost(long itsEpoch, long seq, LossReason reason) {
            open.remove(seq);
            reportedLost.add(name() + "/" + itsEpoch + "/" + seq + " " + reason);
        }
    }
}
