package io.thicket.agent.node;

import io.thicket.agent.coap.CoapHost;
import io.thicket.agent.coap.CoapNode;
import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.coap.NodeNames;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
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
import java.util.random.RandomGenerator;

/** What CoAP needs of the node. */
final class MeshHost implements CoapHost {
    private final NodeParts parts;
    private long startedAtMs;

    MeshHost(NodeParts parts) {
        this.parts = parts;
        this.startedAtMs = parts.nowMs();
    }

    /** The node starts now, which may be later than it was made. */
    void started() {
        startedAtMs = parts.nowMs();
    }

    @Override
    public NodeId id() {
        return parts.id();
    }

    @Override
    public CoapSettings settings() {
        return parts.settings().coap();
    }

    @Override
    public Timers timers() {
        return parts.ports().timers();
    }

    @Override
    public RandomGenerator random() {
        return parts.ports().random();
    }

    @Override
    public NodeSnapshot snapshot() {
        return NodePicture.snapshot(parts, startedAtMs);
    }

    @Override
    public List<String> sensorNames() {
        return parts.sensors().names();
    }

    @Override
    public Optional<SenmlPack> latest(String sensor) {
        WallClock clock = parts.ports().wallClock();
        return parts.sensors().latest(sensor, parts.nowMs(), clock.nowMs(), clock.isSynchronised());
    }

    @Override
    public List<CommandInfo> commands(String sensor) {
        return parts.sensors().commands(sensor);
    }

    @Override
    public void command(CommandOrder order) {
        parts.sensors().command(order);
    }

    @Override
    public Optional<NodeId> resolve(String node) {
        long prefix = MeshAddress.prefixOf(settings().networkId());
        Uplink uplink = parts.ports().uplink();
        return NodeNames.resolve(
                NodePicture.knownNodes(parts),
                prefix,
                node,
                name -> uplink == null ? Optional.empty() : uplink.nodeCalled(name));
    }

    @Override
    public boolean sendMesh(NodeId to, byte[] coapMessage) {
        long number = parts.router()
                .send(Destination.node(to), PayloadType.COAP, CoapNode.MESSAGE_AGE_MS, false, 0, 0, coapMessage);
        parts.counters().count(number > 0 ? NodeCounter.COAP_MESSAGES_OUT : NodeCounter.COAP_MESSAGES_UNROUTED);
        return number > 0;
    }

    @Override
    public boolean hasRoute(NodeId to) {
        return parts.router().hasRoute(to);
    }

    @Override
    public int maxPayloadBytes(NodeId to) {
        return parts.router().maxPayloadBytes(Destination.node(to));
    }

    @Override
    public Optional<RouteExplanation> explain(NodeId node) {
        return parts.router().explain(node);
    }

    @Override
    public long trace(NodeId node, Consumer<TraceReport> done) {
        long number = parts.router().trace(node);
        if (number > 0) {
            parts.traces().add(number, done);
        }
        return number;
    }

    @Override
    public Optional<NodeId> gateway() {
        return Optional.ofNullable(parts.router().snapshot().pinnedGateway());
    }

    @Override
    public boolean isGateway() {
        return parts.ports().uplink() != null;
    }
}
