package io.thicket.agent.node;

import io.thicket.agent.coap.CoapHost;
import io.thicket.agent.coap.CoapNode;
import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.coap.NodeNames;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.routing.Destination;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.TraceReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What CoAP needs of the node. */
final class MeshHost implements CoapHost {
    private final NodeSettings settings;
    private final NodePorts ports;
    private final RouterCalls router;
    private final SensorDesk sensors;
    private final NodePicture picture;
    private final NodeCounters counters;
    private final TraceWaits traces;

    MeshHost(
            NodeSettings settings,
            NodePorts ports,
            RouterCalls router,
            SensorDesk sensors,
            NodePicture picture,
            NodeCounters counters,
            TraceWaits traces) {
        this.settings = settings;
        this.ports = ports;
        this.router = router;
        this.sensors = sensors;
        this.picture = picture;
        this.counters = counters;
        this.traces = traces;
    }

    @Override
    public NodeId id() {
        return settings.identity().id();
    }

    @Override
    public NodeSnapshot snapshot() {
        return picture.snapshot();
    }

    @Override
    public List<String> sensorNames() {
        return sensors.names();
    }

    @Override
    public Optional<SenmlPack> latest(String sensor) {
        return sensors.latest(
                sensor,
                ports.timers().nowMs(),
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
        long prefix = MeshAddress.prefixOf(settings.coap().networkId());
        Uplink uplink = ports.uplink();
        return NodeNames.resolve(
                picture.knownNodes(),
                prefix,
                node,
                name -> uplink == null ? Optional.empty() : uplink.nodeCalled(name));
    }

    @Override
    public boolean sendMesh(NodeId to, byte[] coapMessage) {
        long number =
                router.send(Destination.node(to), PayloadType.COAP, CoapNode.MESSAGE_AGE_MS, false, 0, 0, coapMessage);
        counters.count(number > 0 ? NodeCounter.COAP_MESSAGES_OUT : NodeCounter.COAP_MESSAGES_UNROUTED);
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
        return router.explain(node);
    }

    @Override
    public long trace(NodeId node, Consumer<TraceReport> done) {
        long number = router.trace(node);
        if (number > 0) {
            traces.add(number, done);
        }
        return number;
    }

    @Override
    public Optional<NodeId> gateway() {
        return Optional.ofNullable(router.snapshot().pinnedGateway());
    }

    @Override
    public boolean isGateway() {
        return ports.uplink() != null;
    }
}
