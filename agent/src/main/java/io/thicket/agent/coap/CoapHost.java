package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.port.Timers;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.TraceReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The node, as its CoAP side sees it. All methods are called on the node's loop and answer at once. */
public interface CoapHost {
    /** The node's own name. */
    NodeId id();

    /** What the CoAP side listens on; always the same. */
    CoapSettings settings();

    /** The node's loop. */
    Timers timers();

    /** The node's own generator. */
    RandomGenerator random();

    /** A picture of the node now. */
    NodeSnapshot snapshot();

    /** The node's sensors, in the order of the configuration. Asked once, at start. */
    List<String> sensorNames();

    /**
     * The newest reading of a sensor, empty if there is none yet. Its base time is absolute, or relative to this call; its
     * base name is ignored.
     */
    Optional<SenmlPack> latest(String sensor);

    /** What the device of a sensor can be told. Asked once, at start. */
    List<CommandInfo> commands(String sensor);

    /** Tells a device something; the order hears its outcome once, on the loop. */
    void command(CommandOrder order);

    /** The node that {@code text} names: a name, a label, a NodeId (16 hexadecimal digits) or a mesh address. See {@link NodeNames}. */
    Optional<NodeId> resolve(String text);

    /**
     * Sends one CoAP message to another node as DATA of type COAP, with the message age {@link CoapNode#MESSAGE_AGE_MS}.
     * Returns false if it was refused at once (nobody to ask for a route, too large, queue full). While there is no route the
     * message waits for one; {@link CoapNode#onUnreachable} says if none was found.
     */
    boolean sendMesh(NodeId to, byte[] coapMessage);

    /** Whether a route to the node is known now. */
    boolean hasRoute(NodeId to);

    /** The largest CoAP message in bytes that the path to {@code to} carries; the least that any path does if it is not known. */
    int maxPayloadBytes(NodeId to);

    /** What the router holds about {@code node} and why; empty if it holds nothing. */
    Optional<RouteExplanation> explain(NodeId node);

    /**
     * Traces the way to {@code node}; {@code done} hears of it once, after this call, within some seconds. Returns a positive
     * number, or a {@link MeshRouter.Refusal}, and then {@code done} hears nothing.
     */
    long trace(NodeId node, Consumer<TraceReport> done);

    /** The gateway that this node's readings go to now. */
    Optional<NodeId> gateway();

    /** Whether this node is a gateway. */
    boolean isGateway();
}
