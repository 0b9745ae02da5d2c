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
    private NodePicture() {}

    /** A picture of now of a node that started then. */
    static NodeSnapshot snapshot(NodeParts parts, long startedAtMs) {
        NodeSettings settings = parts.settings();
        NodePorts ports = parts.ports();
        OutboxDesk outbox = parts.outbox();
        long nowMs = parts.nowMs();
        boolean synchronised = ports.wallClock().isSynchronised();
        long wallMs = ports.wallClock().nowMs();
        Uplink uplink = ports.uplink();
        RoutingSnapshot routing = parts.router().snapshot();
        List<NodeSnapshot.LinkStatus> links = new ArrayList<>();
        for (Link link : ports.links()) {
            links.add(new NodeSnapshot.LinkStatus(link.name(), link.info(), link.problem(), link.counts()));
        }
        return new NodeSnapshot(
                settings.version(),
                settings.name(),
                parts.id(),
                addressOf(parts.id(), settings),
                outbox.epoch(),
                nowMs - startedAtMs,
                synchronised,
                uplink == null ? null : uplink.statusLine(),
                uplink == null ? Map.of() : uplink.counters(),
                links,
                parts.sensors().snapshot(nowMs, wallMs, synchronised),
                outbox.status(nowMs),
                outbox.lost(nowMs),
                Nearby.refine(knownNodes(parts), routing),
                parts.alarms().all(),
                parts.counters().now(ports.timers()),
                routing);
    }

    /** The nodes that it knows now, itself among them. */
    static List<NodeSnapshot.KnownNode> knownNodes(NodeParts parts) {
        List<NodeSnapshot.KnownNode> nodes = new ArrayList<>();
        for (NodeDirectory.Known known : parts.directory().all(parts.nowMs())) {
            Identity identity = known.identity();
            boolean self = identity.id().equals(parts.id());
            nodes.add(new NodeSnapshot.KnownNode(
                    identity.id(),
                    identity.name(),
                    known.label(),
                    addressOf(identity.id(), parts.settings()),
                    identity.roles(),
                    self ? 0 : known.hops(),
                    self ? 0 : known.lastSeenAgoMs()));
        }
        return nodes;
    }

    private static String addressOf(NodeId node, NodeSettings settings) {
        return MeshAddress.of(settings.coap().networkId(), node).text();
    }
}
