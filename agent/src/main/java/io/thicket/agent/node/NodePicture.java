package io.thicket.agent.node;

import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Uplink;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a node's snapshot together. */
final class NodePicture {
    private final NodeSettings settings;
    private final NodePorts ports;
    private final RouterCalls router;
    private final NodeDirectory directory;
    private final SensorDesk sensors;
    private final OutboxDesk outbox;
    private final AlarmLog alarms;
    private final NodeCounters counters;
    private long startedAtMs;

    NodePicture(
            NodeSettings settings,
            NodePorts ports,
            RouterCalls router,
            NodeDirectory directory,
            SensorDesk sensors,
            OutboxDesk outbox,
            AlarmLog alarms,
            NodeCounters counters) {
        this.settings = settings;
        this.ports = ports;
        this.router = router;
        this.directory = directory;
        this.sensors = sensors;
        this.outbox = outbox;
        this.alarms = alarms;
        this.counters = counters;
        this.startedAtMs = ports.timers().nowMs();
    }

    /** The node starts now, which may be later than it was made. */
    void started() {
        startedAtMs = ports.timers().nowMs();
    }

    /** A picture of now. */
    NodeSnapshot snapshot() {
        long nowMs = ports.timers().nowMs();
        boolean synchronised = ports.wallClock().isSynchronised();
        long wallMs = ports.wallClock().nowMs();
        Uplink uplink = ports.uplink();
        RoutingSnapshot routing = router.snapshot();
        List<NodeSnapshot.LinkStatus> links = new ArrayList<>();
        for (Link link : ports.links()) {
            links.add(new NodeSnapshot.LinkStatus(link.name(), link.info(), link.problem(), link.counts()));
        }
        return new NodeSnapshot(
                settings.version(),
                settings.name(),
                id(),
                addressOf(id()),
                outbox.epoch(),
                nowMs - startedAtMs,
                synchronised,
                uplink == null ? null : uplink.statusLine(),
                uplink == null ? Map.of() : uplink.counters(),
                links,
                sensors.snapshot(nowMs, wallMs, synchronised),
                outbox.status(nowMs),
                outbox.lost(nowMs),
                Nearby.refine(knownNodes(), routing),
                alarms.all(),
                counters.now(ports.timers()),
                routing);
    }

    List<NodeSnapshot.KnownNode> knownNodes() {
        List<NodeSnapshot.KnownNode> nodes = new ArrayList<>();
        for (NodeDirectory.Known known : directory.all(ports.timers().nowMs())) {
            Identity identity = known.identity();
            boolean self = identity.id().equals(id());
            nodes.add(new NodeSnapshot.KnownNode(
                    identity.id(),
                    identity.name(),
                    known.label(),
                    addressOf(identity.id()),
                    identity.roles(),
                    self ? 0 : known.hops(),
                    self ? 0 : known.lastSeenAgoMs()));
        }
        return nodes;
    }

    private NodeId id() {
        return settings.identity().id();
    }

    private String addressOf(NodeId node) {
        return MeshAddress.of(settings.coap().networkId(), node).text();
    }
}
