package io.thicket.sim.run;

import io.thicket.agent.coap.MeshAddress;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A router without the rest of a node, as the picture of a node: it knows everybody's name, and has no sensors and no outbox. */
final class BareNode {
    private BareNode() {}

    static NodeSnapshot of(Lab lab, Scenario scenario, int node, RoutingSnapshot routing) {
        List<NodeSnapshot.KnownNode> known = new ArrayList<>();
        for (int i = 0; i < scenario.nodes().count(); i++) {
            NodeId id = lab.nodeId(i);
            String name = scenario.nodes().names().get(i);
            known.add(new NodeSnapshot.KnownNode(id, name, name, address(id), Set.<Identity.Role>of(), -1, -1));
        }
        NodeId self = lab.nodeId(node);
        return new NodeSnapshot(
                "router alone",
                scenario.nodes().names().get(node),
                self,
                address(self),
                0,
                lab.simulation().nowMs(),
                false,
                null,
                Map.of(),
                List.of(new NodeSnapshot.LinkStatus("sim", lab.linkOf(node), "", Map.of())),
                List.of(),
                new NodeSnapshot.OutboxStatus(0, 0, 0),
                List.of(),
                known,
                List.of(),
                Map.of(),
                routing);
    }

    private static String address(NodeId id) {
        return MeshAddress.of("sim", id).text();
    }
}
