package io.thicket.sim.node;

import io.thicket.agent.coap.CoapClock;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.check.EveryReadingAccounted;
import io.thicket.sim.check.Invariants;
import io.thicket.sim.check.NetworkView;
import io.thicket.sim.check.NoDuplicateDelivery;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.check.RoutingSafety;
import io.thicket.sim.fault.Fault;
import io.thicket.sim.fault.FaultScript;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.Medium;
import io.thicket.sim.scenario.Topology;
import io.thicket.sim.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole network of complete nodes in virtual time, with every invariant checked after every event. Node 0 is the
 * gateway. One network per JVM at a time: Californium's clock is static.
 */
public final class SimNetwork implements NetworkView, Fault.Target {
    /** Nodes are switched on one after the other within this time. */
    private static final long POWER_UP_US = 2_000_000;

    private final Simulation simulation = new Simulation();
    private final Trace trace = new Trace();
    private final ReadingLedger ledger = new ReadingLedger();
    private final Seeds seeds;
    private final Medium medium;
    private final SimUplink.Broker broker;
    private final RoutingSafety safety;
    private final Invariants invariants;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final @Nullable RoutingSnapshot[] pictures;
    private final long[] touchedAtUs;

    /** A network that is off until {@link #powerUp}. Everything random in it follows from {@code seeds}. */
    public SimNetwork(Seeds seeds, Topology topology, SimSettings settings) {
        this.seeds = seeds;
        CoapClock.use(() -> simulation.nowUs() * 1000);
        int size = topology.nodes();
        medium = new Medium(simulation, seeds, trace, size);
        medium.connect(topology, settings.path());
        broker = new SimUplink.Broker(id -> indexOf(id.node()), simulation::nowMs, settings.brokerAnswerMs());
        SimNode.World world = new SimNode.World(simulation, seeds, trace, medium, settings, ledger, broker);
        for (int number = 0; number < size; number++) {
            SimNode node = new SimNode(world, number);
            nodes.add(node);
            numbers.put(node.id(), number);
        }
        pictures = new @Nullable RoutingSnapshot[size];
        touchedAtUs = new long[size];
        simulation.observe(this::lookAt);
        safety = new RoutingSafety(size);
        invariants = new Invariants(
                this,
                seeds,
                trace,
                List.of(safety, new NoDuplicateDelivery(ledger), new EveryReadingAccounted(ledger)));
        simulation.observe(invariants);
    }

    /** Schedules the start of every node within the first two seconds. */
    public void powerUp() {
        for (int number = 0; number < nodes.size(); number++) {
            SimNode node = nodes.get(number);
            simulation.schedule(number, seeds.generator("power", number).nextLong(POWER_UP_US), node::boot);
        }
    }

    /** Schedules {@code script}. */
    public void inject(FaultScript script) {
        script.schedule(simulation, trace, this);
    }

    /** Writes an old image to the disk of a node that is off, as people do with SD cards. */
    public void restore(int node, SimStore.Image image) {
        nodes.get(node).store().restore(image);
        safety.restored(node);
    }

    /** Whether a restored node has not got a new epoch yet. */
    public boolean isHealing(int node) {
        return safety.isHealing(node);
    }

    public Simulation simulation() {
        return simulation;
    }

    public Trace trace() {
        return trace;
    }

    public ReadingLedger ledger() {
        return ledger;
    }

    public SimUplink.Broker broker() {
        return broker;
    }

    public SimNode node(int number) {
        return nodes.get(number);
    }

    /** How often an invariant was evaluated. */
    public long checks() {
        return invariants.checks();
    }

    @Override
    public Medium medium() {
        return medium;
    }

    @Override
    public void crash(int node) {
        nodes.get(node).crash();
        picture(node);
    }

    @Override
    public void reboot(int node) {
        if (!nodes.get(node).isUp()) {
            nodes.get(node).boot();
        }
        picture(node);
    }

    @Override
    public long nowMs() {
        return simulation.nowMs();
    }

    @Override
    public int nodes() {
        return nodes.size();
    }

    @Override
    public int indexOf(NodeId id) {
        return numbers.getOrDefault(id, -1);
    }

    @Override
    public NodeId idOf(int node) {
        return nodes.get(node).id();
    }

    @Override
    public Optional<RoutingSnapshot> routing(int node) {
        return Optional.ofNullable(pictures[node]);
    }

    @Override
    public long routingAgeMs(int node) {
        return (simulation.nowUs() - touchedAtUs[node]) / 1000;
    }

    @Override
    public Optional<ReadingAccount> readings(int node) {
        return nodes.get(node).readings();
    }

    private void lookAt(long nowUs, long number, int owner) {
        if (owner != Simulation.NOBODY) {
            picture(owner);
        }
    }

    private void picture(int node) {
        pictures[node] = nodes.get(node).routing().orElse(null);
        touchedAtUs[node] = simulation.nowUs();
    }
}
