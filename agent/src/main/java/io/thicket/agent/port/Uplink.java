package io.thicket.agent.port;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import java.util.Map;
import java.util.Optional;

/** A gateway's way out of the mesh. All methods are called on the node's loop; a node with an uplink is a gateway. */
public interface Uplink extends AutoCloseable {
    /** Begins; {@code host} may be called on the node's loop from then on. */
    void start(Host host);

    /**
     * A batch of readings arrived. The uplink answers through {@link Host#settle} once every reading in it is safe; a
     * batch that it cannot take is answered later or never, and its origin keeps it.
     */
    void accept(Arrival arrival);

    /** A node became known, changed its name, or now shares it with another ({@code label} is what to call it). */
    void nodeKnown(Identity identity, String label);

    /** The one node that gateways call {@code label}, whichever of them: not every name in the mesh comes to each gateway. */
    default Optional<NodeId> nodeCalled(String label) {
        return Optional.empty();
    }

    /** What the mesh is told. */
    GatewayState state();

    /** For the status page: one line, e.g. {@code connected tcp://127.0.0.1:1883} or the problem with its cure. */
    String statusLine();

    /** What it has counted since its start. */
    default Map<? extends Enum<?>, Long> counters() {
        return Map.of();
    }

    /** Takes leave: whoever it speaks to is told that the gateway ends. */
    @Override
    void close();

    /** Ends as in a power cut: nobody is told, nothing is waited for. Harmless after {@link #close}. */
    default void abandon() {
        close();
    }

    /**
     * A delivered message.
     *
     * @param message its identity
     * @param label what to call the origin (its name, with a suffix if two nodes have it)
     * @param hops counted from the received DATA
     * @param arrivedAtMs the node's monotonic time
     * @param batch the readings
     * @param outdated whether the origin has signed a later epoch than the message's. If a reading of it is known, it is not to be answered:
     *     its origin sends it again in its next epoch, or is another machine with the same key
     */
    record Arrival(
            MessageId message,
            NodeId origin,
            String label,
            int hops,
            long arrivedAtMs,
            ReadingBatch batch,
            boolean outdated) {}

    /** The node, as the uplink sees it. */
    interface Host {
        /** Settles a message to its origin. */
        void settle(MessageId message, SettleStatus status);

        /** {@link Uplink#state()} changed: tell the mesh. */
        void stateChanged();

        /** The node's loop and clock. */
        Timers timers();
    }
}
