package io.thicket.agent.coap;

import io.thicket.agent.link.LinkCounter;
import io.thicket.agent.node.NodeCounter;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.routing.Alarm;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouteNote;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.TraceReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node without router and sensors, behind a CoapNode. */
final class FakeNode implements CoapHost {
    static final String NETWORK = "test-net";
    static final long PREFIX = MeshAddress.prefixOf(NETWORK);

    final NodeId id;
    final String name;
    final List<NodeSnapshot.KnownNode> known = new ArrayList<>();
    final Map<String, SenmlPack> readings = new LinkedHashMap<>();
    Mesh mesh = (from, to, message) -> false;
    Optional<NodeId> gateway = Optional.empty();
    boolean isGateway;
    private CoapSettings settings;
    private Timers timers;
    private RandomGenerator random;

    /** Where it looks for a route to. */
    final Set<NodeId> searching = new HashSet<>();

    int maxPayloadBytes = 1024;

    /** Where messages of a node go. */
    interface Mesh {
        boolean send(NodeId from, NodeId to, byte[] message);
    }

    FakeNode(int number) {
        id = nodeId(number);
        name = "n" + number;
        knows(number, 0);
        readings.put("air", null);
        readings.put("door", null);
    }

    static NodeId nodeId(int number) {
        return new NodeId(0x1100_0000_0000_0000L | number);
    }

    /** What a trace comes to, null to refuse it; {@link #waiting} is who hears of it. */
    @Nullable
    TraceReport traces;

    Consumer<TraceReport> waiting = report -> {};

    /** What the sensor can be told, by its name, and who may. */
    final Map<String, List<CommandInfo>> commands = new LinkedHashMap<>();

    CommandAccess access = CommandAccess.NONE;
    final List<CommandOrder> orders = new ArrayList<>();

    @Override
    public List<CommandInfo> commands(String sensor) {
        return commands.getOrDefault(sensor, List.of());
    }

    @Override
    public void command(CommandOrder order) {
        orders.add(order);
    }

    FakeNode knows(int number, int hops) {
        known.add(new NodeSnapshot.KnownNode(
                nodeId(number),
                "n" + number,
                "n" + number,
                new MeshAddress(PREFIX, nodeId(number)).text(),
                Set.of(Identity.Role.SENSOR, Identity.Role.RELAY),
                hops,
                100L * hops));
        return this;
    }

    void read(String sensor, double value) {
        readings.put(
                sensor,
                new SenmlPack(
                        "",
                        1_700_000_000,
                        List.of(new SenmlRecord("temperature", "Cel", new SenmlValue.Numeric(value), null))));
    }

    /** What it runs on, before anything else of it is wanted. */
    FakeNode on(CoapSettings itsSettings, Timers itsTimers, RandomGenerator itsRandom) {
        settings = itsSettings;
        timers = itsTimers;
        random = itsRandom;
        return this;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public CoapSettings settings() {
        return settings;
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public NodeSnapshot snapshot() {
        LinkInfo wifi = new LinkInfo(LinkClass.WIFI, 6000, 1200, true);
        LinkInfo lora = new LinkInfo(LinkClass.LORA, 2, 250, true);
        Sensor.Status ready = new Sensor.Status("pms5003", "ready", "", "/dev/ttyUSB0", 7, 1, 3, 0);
        Map<NodeCounter, Long> counters = new EnumMap<>(NodeCounter.class);
        counters.put(NodeCounter.READINGS_OFFERED, 5L);
        counters.put(NodeCounter.READINGS_LOST, 1L);
        Map<LinkCounter, Long> linkCounts = new EnumMap<>(LinkCounter.class);
        linkCounts.put(LinkCounter.SENT, 42L);
        linkCounts.put(LinkCounter.RECEIVED, 40L);
        linkCounts.put(LinkCounter.SEND_FULL, 2L);
        return new NodeSnapshot(
                "0.1.0",
                name,
                id,
                new MeshAddress(PREFIX, id).text(),
                3,
                60_000,
                true,
                isGateway ? "connected tcp://127.0.0.1:1883" : null,
                Map.of(),
                List.of(
                        new NodeSnapshot.LinkStatus("wlan0", wifi, "", linkCounts),
                        new NodeSnapshot.LinkStatus("far", lora, "", Map.<LinkCounter, Long>of())),
                Stream.concat(
                                readings.entrySet().stream()
                                        .map(reading -> new NodeSnapshot.SensorStatus(
                                                reading.getKey(),
                                                ready,
                                                reading.getValue(),
                                                250,
                                                reading.getKey().equals("door") ? calibrated() : null,
                                                reading.getKey().equals("door") ? refused() : null)),
                                Stream.of(new NodeSnapshot.SensorStatus("pump", silent(), null, -1)))
                        .toList(),
                new NodeSnapshot.OutboxStatus(2, 1000, 1500),
                List.of(new NodeSnapshot.LostReading(name + "/3/1", LossReason.REFUSED, 90_000)),
                List.copyOf(known),
                List.of(new Alarm(Alarm.Kind.DUPLICATE_NAME, nodeId(9), "two nodes are called n9")),
                counters,
                routing());
    }

    private static NodeSnapshot.RefusedFrame refused() {
        return new NodeSnapshot.RefusedFrame(4000, List.of("+0.000000 RX 746d703d31", "+0.020000 RX 3d0a"));
    }

    private static NodeSnapshot.Calibration calibrated() {
        return new NodeSnapshot.Calibration(new CalibrationNote(LocalDate.of(2025, 3, 1), "A. Smith", 365), 400, true);
    }

    /** A device of a bus that does not answer any more. */
    private static Sensor.Status silent() {
        UnitHealth unit = new UnitHealth(3, UnitHealth.State.SILENT, "", 90, 80, 8, 2, 14);
        return new Sensor.Status(
                "pzem.016", "silent", "unit 3 does not answer; check its power", "/dev/ttyUSB1", 80, 2, 5, 0, unit);
    }

    private RoutingSnapshot routing() {
        Map<RoutingCounter, Long> counters = new EnumMap<>(RoutingCounter.class);
        counters.put(RoutingCounter.FRAMES_SENT, 42L);
        return new RoutingSnapshot(
                id,
                new Seq(3, 7),
                0xabcd,
                isGateway,
                gateway.orElse(null),
                1,
                List.of(new RoutingSnapshot.Neighbor(
                        nodeId(2),
                        1,
                        new LinkId(0),
                        LinkAddress.of((byte) 1, (byte) 2),
                        RoutingSnapshot.NeighborState.TWO_WAY,
                        50,
                        1.2345,
                        3.5,
                        400,
                        94)),
                List.of(new RoutingSnapshot.Route(
                        nodeId(2),
                        RoutingSnapshot.RouteState.ACTIVE,
                        nodeId(2),
                        1,
                        new Seq(4, 1),
                        50,
                        1,
                        new Seq(4, 1),
                        50,
                        30_000,
                        0,
                        RouteChange.Reason.values()[0],
                        List.of(new RouteNote(1_000, RouteChange.Reason.FIRST, nodeId(2), 1)))),
                List.of(new RoutingSnapshot.Gateway(nodeId(1), new Seq(1, 2), 50, 1, true, true, 10)),
                counters,
                List.of(new RoutingSnapshot.Airtime(new LinkId(1), 36_000, 2_789, 10_800, 5_157)));
    }

    @Override
    public List<String> sensorNames() {
        return List.copyOf(readings.keySet());
    }

    @Override
    public Optional<SenmlPack> latest(String sensor) {
        return Optional.ofNullable(readings.get(sensor));
    }

    @Override
    public Optional<NodeId> resolve(String text) {
        return NodeNames.resolve(known, PREFIX, text, name -> Optional.empty());
    }

    @Override
    public boolean sendMesh(NodeId to, byte[] coapMessage) {
        return mesh.send(id, to, coapMessage);
    }

    @Override
    public boolean hasRoute(NodeId to) {
        return !searching.contains(to);
    }

    @Override
    public int maxPayloadBytes(NodeId to) {
        return maxPayloadBytes;
    }

    @Override
    public Optional<RouteExplanation> explain(NodeId node) {
        return routing().routes().stream()
                .filter(route -> route.destination().equals(node))
                .map(route -> new RouteExplanation(
                        61_000,
                        route,
                        List.of(
                                new RouteExplanation.Alternate(
                                        nodeId(3), new Seq(4, 1), 60, 50, 2_500, RouteExplanation.Verdict.INFEASIBLE),
                                new RouteExplanation.Alternate(
                                        nodeId(4), new Seq(4, 1), 40, 70, 9_000, RouteExplanation.Verdict.READY))))
                .findFirst();
    }

    @Override
    public long trace(NodeId node, Consumer<TraceReport> done) {
        if (traces == null) {
            return MeshRouter.Refusal.FULL;
        }
        waiting = done;
        return traces.traceId() == 0 ? MeshRouter.Refusal.NO_ROUTE : traces.traceId();
    }

    @Override
    public Optional<NodeId> gateway() {
        return gateway;
    }

    @Override
    public boolean isGateway() {
        return isGateway;
    }
}
