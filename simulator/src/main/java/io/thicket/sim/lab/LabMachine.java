package io.thicket.sim.lab;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Destination;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.TraceReport;
import io.thicket.sim.medium.wifi.WifiListener;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One boot of one node, as the laboratory sees it: a bare router with an origin above it, or the agent's whole node. */
interface LabMachine {
    /** Who hears the channel. */
    WifiListener radio();

    boolean isUp();

    void powerUp();

    /** The power is cut; nothing of this boot runs any more. */
    void vanish();

    /** The run is over: what the machine has outside of the simulation is closed. */
    default void end() {}

    /** A new packet of this node. */
    void offer(int destination, long seq, int payloadBytes);

    /** A message that no origin accounts for; for insiders. */
    void sendRaw(Destination destination, ByteBuffer payload);

    /** The routing state now. */
    RoutingSnapshot snapshot();

    /** Tells each destination that a way leads to now, and its next hop. */
    default void nextHops(BiConsumer<NodeId, NodeId> to) {
        for (RoutingSnapshot.Route route : snapshot().routes()) {
            NodeId hop = route.nextHop();
            if (hop != null) {
                to.accept(route.destination(), hop);
            }
        }
    }

    /** The whole node now; null if it is only a router. */
    default @Nullable NodeSnapshot nodeSnapshot() {
        return null;
    }

    /** Everything held about the way to {@code to}, and why; empty if nothing is. */
    default Optional<RouteExplanation> explain(NodeId to) {
        return Optional.empty();
    }

    /** Traces the way to {@code to}; what is returned is {@link MeshRouter#trace}'s. */
    default long trace(NodeId to, Consumer<TraceReport> done) {
        return MeshRouter.Refusal.NO_ROUTE;
    }

    /** Packets sent anew from end to end. */
    long repeats();

    /** Packets given up, and said so. */
    long givenUp();

    /** The broker of a gateway comes or goes; nothing for machines without an uplink. */
    default void setBroker(boolean up) {}
}
