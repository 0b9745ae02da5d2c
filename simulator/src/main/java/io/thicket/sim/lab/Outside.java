package io.thicket.sim.lab;

import io.thicket.agent.coap.CommandAccess;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import io.thicket.sim.kernel.Seeds;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What whole nodes of the laboratory have beside it. By default nothing: names, keys and ports are stand-ins, and a run follows from its
 * seed. A bridge puts real ones in their place, so that processes, people and devices outside of the simulation can meet the nodes.
 */
public interface Outside {
    /** Nothing. */
    Outside NONE = new Outside() {};

    /** Whether there is anything: sockets and threads that must be closed when a boot ends. */
    default boolean isReal() {
        return false;
    }

    /** What the node is called in the mesh and at the broker. */
    default String name(int node) {
        return LabOrigin.nameOf(node);
    }

    /** The node of such a name, -1 if it is none of the simulation's. */
    default int nodeOf(String name) {
        return LabOrigin.nodeOf(name);
    }

    default String site() {
        return "sim";
    }

    /** From which the mesh addresses follow. */
    default String networkId() {
        return "sim";
    }

    /** What the node signs with. */
    default Signer signer(Seeds seeds, int node) {
        return LabKeys.signer(seeds, node);
    }

    default Verifier verifier() {
        return LabKeys.VERIFIER;
    }

    /** Who the node is; it follows from the public key of {@link #signer}. */
    default NodeId idOf(Seeds seeds, int node) {
        return ProtocolFactory.idOf(seeds, node);
    }

    /** What seals frames in the stand-in's place, null for the stand-in. */
    default @Nullable SealCipher cipher() {
        return null;
    }

    /** Who may be a gateway; everybody if nobody is listed. */
    default Set<NodeId> gateways() {
        return Set.of();
    }

    /** The timers of each link class that the node has. */
    default Map<LinkClass, RoutingParameters> parameters(LinkClass simulated, RoutingParameters its) {
        return Map.of(simulated, its);
    }

    /** The number of a boot before the first one. */
    default long epochBefore() {
        return 0;
    }

    /** The loop of a boot; {@code its} may be touched by the simulation's thread only. */
    default Timers timers(Timers its) {
        return its;
    }

    /** The time of day, instead of the simulated one. */
    default WallClock wallClock(WallClock simulated) {
        return simulated;
    }

    /** Where the node answers CoAP. */
    default List<InetSocketAddress> coap(int node) {
        return List.of();
    }

    /** Who may tell the node's devices something. */
    default CommandAccess commands(int node) {
        return CommandAccess.NONE;
    }

    /** Links beside the simulated radio. */
    default List<Link> links(int node, Timers loop) {
        return List.of();
    }

    /** Sensors beside the planned one. */
    default List<Sensor> sensors(int node, Timers loop, RandomGenerator random) {
        return List.of();
    }

    /** The uplink of a gateway, null for one to the broker of the laboratory. */
    default @Nullable Uplink uplink(GatewayIdentity identity, WallClock wall, RandomGenerator random) {
        return null;
    }
}
