package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.gateway.bridge.Publication;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.TraceReport;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.FrameBuffers;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.wifi.Phy;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiMedium;
import io.thicket.sim.scenario.BrokerPlan;
import io.thicket.sim.scenario.ns3.Flow;
import io.thicket.sim.scenario.ns3.Traffic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run: builds the network of a scenario, lets it run, and keeps the books. */
public final class Lab {
    /** Off only to measure how long a run takes by itself. */
    private static final boolean JUDGED = !"false".equals(System.getProperty("thicket.lab.judge"));

    private final LabScenario scenario;
    private final String protocolName;
    private final Seeds seeds;
    private final boolean readings;
    private final boolean decodesBatches;
    private final BrokerPlan brokerPlan;
    private final ModelBroker broker;
    private final Simulation simulation = new Simulation();
    private final WifiMedium medium;
    private final Ways ways;
    private final ProtocolFactory protocol;
    private final Outside outside;
    private final Ledger ledger;
    private final LinkInfo link;
    private final List<LabMachine> nodes = new ArrayList<>();
    private final LinkAddress[] addresses;
    private final NodeId[] ids;
    private final RunTrace trace;
    private final RunCounts counts;
    private final Scrutiny scrutiny;
    private final Insiders insiders;
    private final Floods floods = new Floods();

    /** One thread runs all nodes, and none in the middle of another. */
    private final FrameBuffers buffers;

    private final LabCipher standIn = new LabCipher(AgentMachine.NETWORK);

    private final HopEnvelope envelope = new HopEnvelope();

    private final int[] boots;
    private final long[] epochs;
    private @Nullable LabMeter meter;
    private final @Nullable LabWorld world;
    private final Bereaved bereaved = new Bereaved();
    private List<Measured> measuring = List.of();
    private final ConstantReadings constants = new ConstantReadings();
    private long pastRepeats;
    private long pastGivenUp;
    private long wallNs;

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
        this.world = world;
        this.protocol = protocol;
        this.protocolName = protocolName;
        this.link = LinkInfos.of(scenario.radio().phy());
        this.seeds = seeds;
        this.brokerPlan = world == null ? BrokerPlan.USUAL : world.broker();
        this.broker = new ModelBroker(brokerPlan, this::published);
        this.medium = new WifiMedium(simulation, seeds, scenario.radio(), scenario.positions());
        this.medium.setLoss(scenario.loss());
        if (world == null) {
            this.ways = new Reachability(scenario.positions(), scenario.failures());
        } else {
            this.ways = new WorldWays(world, scenario.positions());
            this.medium.setPropagation(world.propagation());
        }
        this.buffers = new FrameBuffers(scenario.nodes());
        this.outside = protocol.outside();
        this.ledger = new Ledger(scenario.nodes(), outside::nodeOf);
        this.insiders = new Insiders(scenario.insiders(), seeds);
        this.readings = scenario.flows().stream().allMatch(flow -> flow.destination() == Flow.ANY_GATEWAY);
        this.decodesBatches = readings && protocol.hasOutbox();
        this.addresses = new LinkAddress[scenario.nodes()];
        this.ids = new NodeId[scenario.nodes()];
        for (int i = 0; i < scenario.nodes(); i++) {
            addresses[i] = LinkAddress.of((byte) (i >>> 24), (byte) (i >>> 16), (byte) (i >>> 8), (byte) i);
            ids[i] = outside.idOf(seeds, i);
        }
        this.boots = new int[scenario.nodes()];
        this.epochs = new long[scenario.nodes()];
        Arrays.fill(epochs, outside.epochBefore());
        this.trace = new RunTrace(simulation, ledger, ids);
        this.medium.observe(trace::onAir);
        this.counts = new RunCounts(scenario.nodes(), medium.counters());
        RoutingParameters timers = wantsJudge ? protocol.judgedBy() : null;
        LabJudge judge = timers == null ? null : new LabJudge(scenario.nodes(), timers, seeds);
        boolean sampled = world != null && judge == null;
        Loops loops = sampled
                ? new LoopSample(ids, protocol.announcesWays() ? null : this::ways)
                : new LoopWatch(ids, this::picture);
        this.scrutiny = new Scrutiny(simulation, this::picture, counts, trace, loops, judge);
        for (int i = 0; i < scenario.nodes(); i++) {
            nodes.add(boot(i));
        }
    }

    /** From now on it, too, hears of everything; before {@link #start}. */
    public void observe(LabObserver newObserver) {
        trace.observe(newObserver);
    }

    /** From now on it hears what costs energy; before {@link #start}. */
    public void meter(LabMeter newMeter) {
        meter = newMeter;
        medium.meter(newMeter);
    }

    private LabMachine boot(int node) {
        boots[node]++;
        epochs[node]++;
        LabMachine machine = protocol.machine(this, seeds, node, boots[node]);
        if (world != null && world.hasMishaps()) {
            RandomGenerator random = seeds.generator("corruption", ProtocolFactory.purpose(node, boots[node]));
            medium.listen(node, new Mishaps(this, world, node, machine.radio(), random));
        } else {
            medium.listen(node, machine.radio());
        }
        return machine;
    }

    /** Runs to the end of the scenario and draws up the report. */
    public LabReport run() {
        long startedNs = System.nanoTime();
        start();
        simulation.runUntil(us(scenario.durationS()));
        wallNs = System.nanoTime() - startedNs;
        return LabReport.of(this);
    }

    /** Puts everything that the scenario holds into the queue; once, before {@link #simulation()} is run. */
    public void start() {
        RandomGenerator starts = seeds.generator("power-up");
        for (int i = 0; i < nodes.size(); i++) {
            simulation.schedule(i, us(starts.nextDouble() * scenario.powerUpS()), starting(i));
        }
        FlowStarts.schedule(simulation, scenario.flows(), flow -> send(flow, 0));
        for (Traffic.Failure failure : scenario.failures()) {
            simulation.schedule(failure.node(), us(failure.atS()), () -> vanish(failure.node()));
        }
        simulation.schedule(Simulation.NOBODY, us(scenario.warmupS()), () -> counts.start(nowUs()));
        insiders.start(this);
        scrutiny.start(scenario.nodes());
    }

    private Runnable starting(int node) {
        LabMachine first = nodes.get(node);
        return () -> {
            first.powerUp();
            if (first.isUp()) {
                powered(node, true);
            }
        };
    }

    private void powered(int node, boolean up) {
        if (meter != null) {
            meter.powered(nowUs(), node, up);
        }
        trace.power(node, up);
    }

    private @Nullable RoutingSnapshot picture(int node) {
        return nodes.get(node).isUp() ? nodes.get(node).snapshot() : null;
    }

    private void ways(int node, BiConsumer<NodeId, NodeId> to) {
        if (nodes.get(node).isUp()) {
            nodes.get(node).nextHops(to);
        }
    }

    /** The routing state of a node, null if it is down. */
    public @Nullable RoutingSnapshot routing(int node) {
        return picture(node);
    }

    /** The whole of a node, null if it is down or only a router. */
    public @Nullable NodeSnapshot nodeSnapshot(int node) {
        return nodes.get(node).isUp() ? nodes.get(node).nodeSnapshot() : null;
    }

    /** Who the node is in the mesh. */
    public NodeId nodeId(int node) {
        return ids[node];
    }

    /** Cuts the power of {@code node}. */
    public void crash(int node) {
        medium.switchOff(node);
        nodes.get(node).vanish();
        ledger.died(node);
        powered(node, false);
    }

    /** What {@code node}, which is down, has on its disk is gone, or what it wrote last is. */
    public void loseStorage(int node, boolean onlyTheLastWrite) {
        epochs[node] = onlyTheLastWrite ? Math.max(0, epochs[node] - 1) : 0;
        scrutiny.restored(node);
    }

    /** The number of the boot of {@code node}, as its disk has it. */
    long epochOf(int node) {
        return epochs[node];
    }

    /** The node keeps a later number of its boot. */
    void storeEpoch(int node, long epoch) {
        epochs[node] = epoch;
    }

    /** Whether frames may be other than they were sent. */
    boolean hasMishaps() {
        return world != null && world.hasMishaps();
    }

    /** Whether the clock of a node is never ahead. */
    boolean hasTrueClock(int node) {
        return world == null || world.hasTrueClock(node);
    }

    /** How far the clock of a node is ahead. */
    long clockAheadMs(int node, long simulatedMs) {
        return world == null ? 0 : world.clockAheadMs(node, simulatedMs);
    }

    long wallOffsetMs(int node, long simulatedMs) {
        return world == null ? 0 : world.wallOffsetMs(node, simulatedMs);
    }

    /** Starts {@code node} again, with nothing in its memory; nothing happens if it is up. */
    public void reboot(int node) {
        if (nodes.get(node).isUp()) {
            return;
        }
        LabMachine before = nodes.get(node);
        pastRepeats += before.repeats();
        pastGivenUp += before.givenUp();
        before.vanish(); // it may not have been powered up yet
        medium.switchOn(node);
        nodes.set(node, boot(node));
        nodes.get(node).powerUp();
        powered(node, true);
    }

    /** The broker of a gateway comes or goes. */
    public void setBroker(int gateway, boolean up) {
        nodes.get(gateway).setBroker(up);
    }

    /** The world's propagation says something else than before. */
    public void propagationChanged() {
        medium.propagationChanged();
    }

    static long us(double s) {
        return StrictMath.round(s * 1e6);
    }

    private void schedule(Flow flow, int number) {
        if (number >= flow.packets()) {
            return;
        }
        long atUs = us(flow.startS() + number * flow.intervalS());
        simulation.schedule(flow.source(), atUs, () -> send(flow, number));
    }

    /** Packet {@code number} of the flow, now. */
    private void send(Flow flow, int number) {
        create(flow, nowUs());
        schedule(flow, number + 1);
    }

    /** The number of the new packet at its source, 0 if none was made. */
    private long create(Flow flow, long atUs) {
        if (!nodes.get(flow.source()).isUp()) {
            return 0;
        }
        if (flow.destination() == Flow.ANY_GATEWAY && world != null && world.isSilent(flow.source(), atUs)) {
            return 0;
        }
        List<Integer> targets = targets(flow.destination());
        int shortest = ways.hops(flow.source(), targets, atUs);
        Ledger.Packet packet = new Ledger.Packet(flow.source(), flow.destination(), atUs, shortest);
        packet.values = flow.destination() == Flow.ANY_GATEWAY && world != null
                ? world.measure(flow.source(), atUs)
                : List.of();
        long seq = ledger.created(packet);
        trace.created(flow.source(), seq, flow.destination());
        measuring = packet.values;
        nodes.get(flow.source()).offer(flow.destination(), seq, flow.payloadBytes());
        return seq;
    }

    /** {@code source} makes a packet beside the scenario's now; its number there, 0 if it is down or its sensors are silent. */
    public long send(int source, int destination, int payloadBytes) {
        double nowS = nowUs() / 1e6;
        return create(new Flow(source, destination, nowS, nowS + 0.5, 1, payloadBytes), nowUs());
    }

    /** Whether a machine of this run can send to single nodes: routers alone with readings to send have an outbox only. */
    public boolean sendsToNodes() {
        return protocol instanceof AgentProtocol || !(readings && protocol.hasOutbox());
    }

    /** When the packet arrived, -1 if it did not yet. */
    public long deliveredUs(int source, long number) {
        return ledger.packet(source, number).deliveredUs;
    }

    /** Over how many hops the packet came, -1 if it did not yet. */
    public int deliveredHops(int source, long number) {
        return ledger.packet(source, number).hops;
    }

    /** Whether the node runs. */
    public boolean isUp(int node) {
        return nodes.get(node).isUp();
    }

    /** Everything that {@code node} holds about its way to {@code to}, and why. */
    public Optional<RouteExplanation> explain(int node, int to) {
        return nodes.get(node).explain(ids[to]);
    }

    /** Traces the way from {@code node} to {@code to}: {@link MeshRouter#trace} says what is returned. It is traffic. */
    public long trace(int node, int to, Consumer<TraceReport> done) {
        return nodes.get(node).trace(ids[to], done);
    }

    List<Integer> targets(int destination) {
        return destination == Flow.ANY_GATEWAY ? scenario.gateways() : List.of(destination);
    }

    private void vanish(int node) {
        bereaved.note(
                nodes,
                scenario.failures().stream().map(failure -> ids[failure.node()]).collect(Collectors.toSet()));
        medium.switchOff(node);
        nodes.get(node).vanish();
        ledger.died(node);
        powered(node, false);
    }

    /** Whether {@code node}'s way to its gateway began at one that died. */
    boolean lostItsNextHop(int node) {
        return bereaved.includes(node);
    }

    /** Whether the invariants are judged in this run. */
    public boolean isJudged() {
        return scrutiny.isJudged();
    }

    // --- for the nodes -----------------------------------------------------------------------------------------------

    public Simulation simulation() {
        return simulation;
    }

    long nowUs() {
        return simulation.nowUs();
    }

    double datagramLoss() {
        return scenario.datagramLoss();
    }

    FrameBuffers buffers() {
        return buffers;
    }

    /** Seals for all nodes of the network, and tells what it sealed last. */
    LabCipher standIn() {
        return standIn;
    }

    /** Makes and reads the datagrams of all nodes. */
    HopEnvelope envelope() {
        return envelope;
    }

    LinkAddress addressOf(int node) {
        return addresses[node];
    }

    int nodeOf(LinkAddress address) {
        return ByteBuffer.wrap(address.toBytes()).getInt();
    }

    NodeId idOf(int node) {
        return ids[node];
    }

    Phy phy() {
        return scenario.radio().phy();
    }

    /** What a node says of itself: how willing it is to forward for others. */
    int willingnessOf(int node) {
        return world == null ? LabWorld.MAINS : world.willingness(node);
    }

    public LinkInfo linkOf(int node) {
        return insiders.linkOf(node, link);
    }

    boolean mayTransmit(int node, FrameClass its) {
        return insiders.mayTransmit(node, its);
    }

    void transmit(WifiFrame frame, FrameClass its) {
        counts.sent(frame.from(), its, frame.bytes());
        medium.send(frame);
    }

    void delivered(int at, PayloadType type, int hops, ByteBuffer payload) {
        boolean atGateway = scenario.gateways().contains(at);
        if (type == PayloadType.READINGS && decodesBatches) {
            if (atGateway) {
                deliveredBatch(hops, payload);
            }
        } else if (type != PayloadType.IDENT && payload.remaining() >= PlainOrigin.HEADER_BYTES) {
            ByteBuffer header = payload.duplicate();
            arrived(header.getInt(), header.getLong(), hops);
        }
    }

    private void deliveredBatch(int hops, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        try {
            ReadingBatch batch = ReadingBatchCodec.decode(bytes);
            for (ReadingBatch.Reading reading : batch.readings()) {
                int source = outside.nodeOf(batch.name());
                arrived(source, ledger.numberOf(source, batch.epoch(), reading.seq()), hops);
            }
        } catch (SenmlFormatException e) {
            arrived(-1, 0, hops); // an insider's rubbish
        }
    }

    /** How far away the broker is, and what it bears. */
    BrokerPlan brokerPlan() {
        return brokerPlan;
    }

    /** The broker that all gateways share. */
    ModelBroker broker() {
        return broker;
    }

    /** The readings of those who have no values. */
    ConstantReadings constants() {
        return constants;
    }

    /** The values of the reading that is offered just now. */
    List<Measured> measuring() {
        return measuring;
    }

    /** A subscriber got a publication: {@code id} is node/epoch/seq. */
    private void published(Publication publication) {
        String id = publication.properties().getOrDefault("id", "");
        int epoch = id.indexOf('/') + 1;
        int seq = id.indexOf('/', epoch) + 1;
        if (epoch > 0 && seq > epoch && id.indexOf('/', seq) < 0) {
            published(
                    id.substring(0, epoch - 1),
                    Long.parseLong(id, epoch, seq - 1, 10),
                    Long.parseLong(id, seq, id.length(), 10),
                    Integer.parseInt(publication.properties().get("hops")),
                    publication.payload());
        }
    }

    private void published(String name, long epoch, long seq, int hops, String payload) {
        int source = outside.nodeOf(name);
        if (source < 0 && outside.isReal()) {
            ledger.deliveredForeign();
            trace.foreign(name, hops);
            return;
        }
        long number = ledger.numberOf(source, epoch, seq);
        trace.published(source, number, payload);
        arrived(source, number, hops);
    }

    /** A subscriber of a real broker got a reading with that number in a boot of the node {@code name}. */
    public void publishedOutside(String name, long epoch, long seq, int hops, String payload) {
        published(name, epoch, seq, hops, payload);
    }

    /** Readings of nodes outside of the simulation that are at the broker. */
    public long foreignReadings() {
        return ledger.foreign();
    }

    /** A device outside of the simulation spoke: its reading is a packet of {@code node} for any gateway, with this number. */
    long createdOutside(int node) {
        int shortest = ways.hops(node, targets(Flow.ANY_GATEWAY), nowUs());
        long number = ledger.created(new Ledger.Packet(node, Flow.ANY_GATEWAY, nowUs(), shortest));
        trace.created(node, number, Flow.ANY_GATEWAY);
        return number;
    }

    /** The run is over: what nodes have outside of the simulation is closed. */
    public void end() {
        nodes.forEach(LabMachine::end);
    }

    /** What the run tells of itself. */
    RunTrace trace() {
        return trace;
    }

    /** What is counted. */
    RunCounts counts() {
        return counts;
    }

    /** Who looks at what routers do. */
    Scrutiny scrutiny() {
        return scrutiny;
    }

    Insiders insiders() {
        return insiders;
    }

    Floods floods() {
        return floods;
    }

    /** A packet is where it belongs. */
    void arrived(int source, long number, int hops) {
        ledger.delivered(nowUs(), source, number, hops);
        trace.arrived(source, number, hops);
    }

    // --- for the report ----------------------------------------------------------------------------------------------

    LabScenario scenario() {
        return scenario;
    }

    String protocolName() {
        return protocolName;
    }

    Seeds seeds() {
        return seeds;
    }

    Ledger ledger() {
        return ledger;
    }

    Ways reachability() {
        return ways;
    }

    /** Whether nobody sends anything but readings to gateways. */
    boolean hasReadingsOnly() {
        return readings;
    }

    long repeats() {
        return pastRepeats + nodes.stream().mapToLong(LabMachine::repeats).sum();
    }

    long givenUp() {
        return pastGivenUp + nodes.stream().mapToLong(LabMachine::givenUp).sum();
    }

    List<LabMachine> nodes() {
        return nodes;
    }

    long wallNs() {
        return wallNs;
    }

    /** The hash of all transmissions so far. */
    public String traceHash() {
        return trace.hash();
    }
}
