package io.thicket.sim.recording;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a page shows of a node, made of what the node shows of itself and rounded, so that it differs from the one before only when
 * something happened. Nodes are numbers; -1 is nobody.
 *
 * @param gateway that its readings go to
 * @param nextHop on the way there
 * @param hops to there
 * @param queued messages in its router
 * @param waiting readings in its outbox
 * @param lost readings that it gave up, of those that its snapshot still knows
 * @param uplink a gateway's line about its broker, else empty
 */
public record NodePicture(
        boolean up,
        int gateway,
        int nextHop,
        int hops,
        int queued,
        int waiting,
        int lost,
        String uplink,
        List<Neighbor> neighbors) {
    static final int NOBODY = -1;

    private static final int PERCENT_STEP = 10;

    /** A node without power. */
    static final NodePicture DOWN = new NodePicture(false, NOBODY, NOBODY, NOBODY, 0, 0, 0, "", List.of());

    /**
     * A neighbour as the node sees it: one direction of a link.
     *
     * @param etx10 expected transmissions in tenths
     * @param heardPercent of its last HELLOs
     */
    public record Neighbor(int node, RoutingSnapshot.NeighborState state, int etx10, int heardPercent) {}

    public NodePicture {
        neighbors = List.copyOf(neighbors);
    }

    /** Of a whole node. */
    static NodePicture of(NodeSnapshot node, ToIntFunction<NodeId> numbers) {
        String uplink = node.uplink();
        return of(node.routing(), node.outbox().waiting(), node.lost().size(), uplink == null ? "" : uplink, numbers);
    }

    /** Of a router alone. */
    static NodePicture of(RoutingSnapshot routing, ToIntFunction<NodeId> numbers) {
        return of(routing, 0, 0, "", numbers);
    }

    private static NodePicture of(
            RoutingSnapshot routing, int waiting, int lost, String uplink, ToIntFunction<NodeId> numbers) {
        int gateway = NOBODY;
        int next = NOBODY;
        int hops = routing.gateway() ? 0 : NOBODY;
        NodeId pinned = routing.pinnedGateway();
        if (pinned != null && !routing.gateway()) {
            gateway = numbers.applyAsInt(pinned);
            for (RoutingSnapshot.Route route : routing.routes()) {
                NodeId via = route.nextHop();
                if (via != null && route.destination().equals(pinned)) {
                    next = numbers.applyAsInt(via);
                    hops = route.hops();
                }
            }
        }
        List<Neighbor> neighbors = new ArrayList<>();
        for (RoutingSnapshot.Neighbor neighbor : routing.neighbors()) {
            neighbors.add(new Neighbor(
                    numbers.applyAsInt(neighbor.id()),
                    neighbor.state(),
                    (int) Math.min(999, Math.round(neighbor.etx() * 2) * 5),
                    (neighbor.receivedPercent() + PERCENT_STEP / 2) / PERCENT_STEP * PERCENT_STEP));
        }
        return new NodePicture(true, gateway, next, hops, routing.queued(), waiting, lost, uplink, neighbors);
    }

    /** The members of its JSON object. */
    void write(StringBuilder out) {
        out.append("\"up\":").append(up ? 1 : 0);
        if (!up) {
            return;
        }
        out.append(",\"gw\":").append(gateway).append(",\"next\":").append(nextHop);
        out.append(",\"hops\":").append(hops).append(",\"q\":").append(queued);
        out.append(",\"out\":").append(waiting).append(",\"lost\":").append(lost);
        if (!uplink.isEmpty()) {
            out.append(",\"uplink\":").append(new JsonWriter().value(uplink));
        }
        out.append(",\"nb\":[");
        String comma = "";
        for (Neighbor neighbor : neighbors) {
            out.append(comma).append('[').append(neighbor.node()).append(",\"");
            out.append(neighbor.state().name()).append("\",").append(neighbor.etx10());
            out.append(',').append(neighbor.heardPercent()).append(']');
            comma = ",";
        }
        out.append(']');
    }
}
