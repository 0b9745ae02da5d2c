package io.thicket.sim.lab;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Destination;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.medium.wifi.WifiListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One boot of one node, as the laboratory sees it: a bare router with an origin above it, or the agent's whole node. */
interface LabMachine extends WifiListener {
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

    /** The whole node now; null if it is only a router. */
    default @Nullable NodeSnapshot nodeSnapshot() {
        return null;
    }

    /** Packets sent anew from end to end. */
    long repeats();

    /** Packets given up, and said so. */
    long givenUp();

    /** The broker of a gateway comes or goes; nothing for machines without an uplink. */
    default void setBroker(boolean up) {}
}
