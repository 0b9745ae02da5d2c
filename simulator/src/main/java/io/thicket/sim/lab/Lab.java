package io.thicket.sim.lab;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.TraceReport;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.FrameBuffers;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.wifi.WifiMedium;
import io.thicket.sim.scenario.ns3.Flow;
import io.thicket.sim.scenario.ns3.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of one scenario: the parts of a network and of its books, put together, and the way in for those who let it run. Within the
 * laboratory, whoever wants something asks the part that knows it.
 */
public final class Lab {
    /** Off only to measure how long a run takes by itself. */
    private static final boolean JUDGED = !"false".equals(System.getProperty("thicket.lab.judge"));

    private final LabScenario scenario;
    private final String protocolName;
    private final Seeds seeds;
    private final ProtocolFactory protocol;
    private final boolean readingsOnly;
    private final Simulation simulation = new Simulation();
    private final WifiMedium medium;
    private final NodeId[] ids;
    private final Ledger ledger;
    private final RunTrace trace;
    private final RunCounts counts;
    private final Floods floods = new Floods();
    private final Bereaved bereaved = new Bereaved();
    private final Insiders insiders;
    private final Circumstances circumstances;
    private final Channel channel;
    private final Machines machines;
    private final Scrutiny scrutiny;
    private final Departures departures;
    private final Arrivals arrivals;
    private final ModelBroker broker;

    /** One thread runs all nodes, and none in the middle of another. */
    private final FrameBuffers buffers;

    private final LabCipher standIn;

    /** A network that is not powered yet. */
    public Lab(LabScenario scenario, String protocolName, ProtocolFactory protocol, Seeds seeds) {
        this(scenario, protocolName, protocol, seeds, null);
    }

    /** A network in a world of its own: who hears whom there replaces the radio's law of distance. */
    public Lab(
            LabScenario scenario,
            String protocolName,
            ProtocolFactory protocol,
            Seeds seeds,
            @Nullable LabWorld world) {
        this(scenario, protocolName, protocol, seeds, world, world == null ? JUDGED : world.isJudged());
    }

    /** The same, judged or not. */
    Lab(
            LabScenario scenario,
            String protocolName,
            ProtocolFactory protocol,
            Seeds seeds,
            @Nullable LabWorld world,
            boolean wantsJudge) {
        this.scenario = scenario;
        this.protocolName = protocolName;
        this.protocol = protocol;
        this.seeds = seeds;
        this.readingsOnly = scenario.flows().stream().allMatch(flow -> flow.destination() == Flow.ANY_GATEWAY);
        int nodes = scenario.nodes();
        Outside outside = protocol.outside();
        this.buffers = new FrameBuffers(nodes);
        this.standIn = new LabCipher(AgentMachine.NETWORK, nodes);
        this.ids = new NodeId[nodes];
        Arrays.setAll(ids, node -> outside.idOf(seeds, node));

        this.ledger = new Ledger(nodes, outside::nodeOf);
        this.trace = new RunTrace(simulation, ledger, ids, this::keepsReadings);
        this.medium = new WifiMedium(simulation, seeds, scenario.radio(), scenario.positions());
        medium.setLoss(scenario.loss());
        medium.observe(trace::onAir);
        Ways ways;
        if (world == null) {
            ways = new Reachability(scenario.positions(), scenario.failures());
        } else {
            ways = new WorldWays(world, scenario.positions());
            medium.setPropagation(world.propagation());
        }
        this.counts = new RunCounts(nodes, medium.counters());
        this.insiders = new Insiders(scenario.insiders(), seeds);
        this.circumstances = new Circumstances(world, simulation);
        this.channel = new Channel(scenario, simulation, seeds, medium, counts, insiders, circumstances);

        this.arrivals = new Arrivals(simulation, ledger, trace, outside, scenario.gateways(), sendsBatches());
        this.broker = new ModelBroker(circumstances.broker(), arrivals::published);
        Machines.Maker maker = (node, boot) -> protocol.machine(this, seeds, node, boot);
        this.machines =
                new Machines(nodes, outside.epochBefore(), simulation, maker, channel, ledger, trace, circumstances);
        this.departures = new Departures(scenario, simulation, circumstances, ways, ledger, trace, machines);

        RoutingParameters timers = wantsJudge ? protocol.judgedBy() : null;
        LabJudge judge = timers == null ? null : new LabJudge(nodes, timers, insiders.holes(), seeds);
        boolean sampled = world != null && judge == null;
        Loops loops = sampled
                ? new LoopSample(ids, protocol.announcesWays() ? null : machines::ways)
                : new LoopWatch(ids, machines::picture);
        this.scrutiny = new Scrutiny(simulation, machines::picture, counts, trace, loops, judge);
        machines.make(); // last: machines ask for all of the above
    }

    // For those who let it run.

    /** From now on it, too, hears of everything; before {@link #start}. */
    public void observe(LabObserver newObserver) {
        trace.observe(newObserver);
    }

    /** From now on it hears what costs energy; before {@link #start}. */
    public void meter(LabMeter newMeter) {
        machines.meter(newMeter);
        medium.meter(newMeter);
    }

    /** Runs to the end of the scenario and draws up the report. */
    public LabReport run() {
        long startedNs = System.nanoTime();
        start();
        simulation.runUntil(LabScenario.us(scenario.durationS()));
        return LabReport.of(this, System.nanoTime() - startedNs);
    }

    /** Puts everything that the scenario holds into the queue; once, before {@link #simulation()} is run. */
    public void start() {
        machines.start(seeds, scenario.powerUpS());
        departures.start();
        for (Traffic.Failure failure : scenario.failures()) {
            simulation.schedule(failure.node(), LabScenario.us(failure.atS()), () -> fail(failure.node()));
        }
        simulation.schedule(Simulation.NOBODY, LabScenario.us(scenario.warmupS()), this::warmedUp);
        insiders.start(simulation, machines);
        scrutiny.start(scenario.nodes());
    }

    private void warmedUp() {
        counts.start(simulation.nowUs());
        machines.warmedUp();
    }

    private void fail(int node) {
        bereaved.note(
                machines.all(),
                scenario.failures().stream().map(failure -> ids[failure.node()]).collect(Collectors.toSet()));
        machines.crash(node);
    }

    /** The run is over: what nodes have outside of the simulation is closed. */
    public void end() {
        machines.end();
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The hash of all transmissions so far. */
    public String traceHash() {
        return trace.hash();
    }

    /** Whether the invariants are judged in this run. */
    public boolean isJudged() {
        return scrutiny.isJudged();
    }

    /** Cuts the power of {@code node}; nothing happens if it is down. */
    public void crash(int node) {
        if (isUp(node)) {
            machines.crash(node);
        }
    }

    /** What {@code node}, which is down, has on its disk is gone, or what it wrote last is. */
    public void loseStorage(int node, boolean onlyTheLastWrite) {
        machines.loseStorage(node, onlyTheLastWrite);
        scrutiny.restored(node);
    }

    /** When {@code node} is powered up for the first time at the earliest; after {@link #start}. */
    public long powerUpUs(int node) {
        return machines.powerUpUs(node);
    }

    /** Starts {@code node} again, with nothing in its memory; nothing happens if it is up, or before it is {@link #powerUpUs}. */
    public void reboot(int node) {
        machines.reboot(node);
    }

    /** The broker of a gateway comes or goes. */
    public void setBroker(int gateway, boolean up) {
        machines.of(gateway).setBroker(up);
    }

    /** The world's propagation says something else than before. */
    public void propagationChanged() {
        medium.propagationChanged();
    }

    // For those who look at nodes.

    /** Whether the node runs. */
    public boolean isUp(int node) {
        return machines.of(node).isUp();
    }

    /** Who the node is in the mesh. */
    public NodeId nodeId(int node) {
        return ids[node];
    }

    /** What the node believes of its link. */
    public LinkInfo linkOf(int node) {
        return channel.linkOf(node);
    }

    /** The routing state of a node, null if it is down. */
    public @Nullable RoutingSnapshot routing(int node) {
        return machines.picture(node);
    }

    /** The whole of a node, null if it is down or only a router. */
    public @Nullable NodeSnapshot nodeSnapshot(int node) {
        return isUp(node) ? machines.of(node).nodeSnapshot() : null;
    }

    /** Everything that {@code node} holds about its way to {@code to}, and why. */
    public Optional<RouteExplanation> explain(int node, int to) {
        return machines.of(node).explain(ids[to]);
    }

    /** Traces the way from {@code node} to {@code to}: {@link MeshRouter#trace} says what is returned. It is traffic. */
    public long trace(int node, int to, Consumer<TraceReport> done) {
        return machines.of(node).trace(ids[to], done);
    }

    // For those who send and receive beside the scenario.

    /** Whether a machine of this run can send to single nodes: routers alone with readings to send have an outbox only. */
    public boolean sendsToNodes() {
        return protocol instanceof AgentProtocol || !sendsBatches();
    }

    /** {@code source} makes a packet beside the scenario's now; its number there, 0 if it is down or its sensors are silent. */
    public long send(int source, int destination, int payloadBytes) {
        return departures.send(source, destination, payloadBytes);
    }

    /** When the packet arrived, -1 if it did not yet. */
    public long deliveredUs(int source, long number) {
        return ledger.packet(source, number).deliveredUs();
    }

    /** Over how many hops the packet came, -1 if it did not yet. */
    public int deliveredHops(int source, long number) {
        return ledger.packet(source, number).hops();
    }

    /** A subscriber of a real broker got a reading with that number in a boot of the node {@code name}. */
    public void publishedOutside(String name, long epoch, long seq, int hops, String payload) {
        arrivals.published(name, epoch, seq, hops, payload);
    }

    /** Readings of nodes outside of the simulation that are at the broker. */
    public long foreignReadings() {
        return ledger.foreign();
    }

    // The parts, for machines and reports.

    LabScenario scenario() {
        return scenario;
    }

    String protocolName() {
        return protocolName;
    }

    Seeds seeds() {
        return seeds;
    }

    /** Whether origins keep their readings until these are settled. */
    boolean keepsReadings() {
        return sendsBatches() || protocol.isWhole();
    }

    /** Whether readings travel in the batches of an outbox: the origins keep them, and nobody sends anything else. */
    boolean sendsBatches() {
        return readingsOnly && protocol.hasOutbox();
    }

    Ledger ledger() {
        return ledger;
    }

    /** The packets that reports are about: made after the warm-up, by sources that are no insiders. */
    List<Ledger.Packet> reportedPackets() {
        return packets(false);
    }

    /** Those that the same sources made before. */
    List<Ledger.Packet> warmUpPackets() {
        return packets(true);
    }

    private List<Ledger.Packet> packets(boolean ofWarmUp) {
        List<Ledger.Packet> its = new ArrayList<>();
        for (Ledger.Packet packet : ledger.packets()) {
            boolean early = packet.createdUs() < scenario.warmupS() * 1e6;
            if (early == ofWarmUp && !insiders.isInsider(packet.source())) {
                its.add(packet);
            }
        }
        return its;
    }

    RunTrace runTrace() {
        return trace;
    }

    RunCounts counts() {
        return counts;
    }

    Floods floods() {
        return floods;
    }

    Bereaved bereaved() {
        return bereaved;
    }

    Insiders insiders() {
        return insiders;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    Channel channel() {
        return channel;
    }

    Machines machines() {
        return machines;
    }

    Scrutiny scrutiny() {
        return scrutiny;
    }

    Departures departures() {
        return departures;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** The broker that all gateways share. */
    ModelBroker broker() {
        return broker;
    }

    FrameBuffers buffers() {
        return buffers;
    }

    /** Seals for all nodes of the network, and tells what it sealed last. */
    LabCipher standIn() {
        return standIn;
    }
}
