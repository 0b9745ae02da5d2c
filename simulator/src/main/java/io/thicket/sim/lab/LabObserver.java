package io.thicket.sim.lab;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.RouteChange;
import java.util.List;

/**
 * Hears what happens in a run while it happens, and must not change anything: a run is the same with and without one. Nodes are
 * numbers from 0. A packet is named by its source and its number there, from 1.
 */
public interface LabObserver {
    /** To whom a frame for everybody goes. */
    int EVERYONE = -1;

    /** The source made a packet for a node, or for whichever gateway (-1). */
    default void created(long nowUs, int source, long number, int destination) {}

    /** The broker has a packet, or its destination does; also what arrives once more. */
    default void arrived(long nowUs, int source, long number, int hops) {}

    /** The source gave a packet up. */
    default void lost(long nowUs, int source, long number, String reason) {}

    /** The router of the node took a message to send. */
    default void composed(int node, Carried message) {}

    /** A frame begins to be on the air. */
    default void transmitted(
            long nowUs, int from, int to, FrameClass its, int bytes, boolean retry, List<Carried> messages) {}

    /** A frame for this node alone reached it. */
    default void heard(long nowUs, int at, int from, FrameClass its, List<Carried> messages) {}

    /** The MAC of the node gave a frame up, after its last repetition. */
    default void gaveUp(long nowUs, int from, int to, FrameClass its, List<Carried> messages) {}

    /** The router of the node gave a message up. */
    default void dropped(long nowUs, int node, MessageId message, DropReason reason) {}

    /** An insider let a message vanish that it had to pass on; each time that it came. */
    default void vanished(long nowUs, int insider, Carried message) {}

    default void routeChanged(long nowUs, int node, RouteChange change) {}

    default void alarm(long nowUs, int node, Alarm alarm) {}

    /** A node started, or lost its power. */
    default void power(long nowUs, int node, boolean up) {}

    /** A subscriber got a reading, in the payload of a publication; also what comes once more. */
    default void published(long nowUs, int source, long number, String payload) {}

    /**
     * A frame left {@code node} for real agents outside of the simulation, or came from one.
     *
     * @param came whether it came
     * @param its {@link FrameClass#OTHER} of what came and could not be opened
     * @param bytes of the frame as it is sealed
     */
    default void crossed(long nowUs, int node, boolean came, FrameClass its, int bytes, List<Carried> messages) {}

    /** A reading of a real agent of that name is at the broker. */
    default void foreign(long nowUs, String name, int hops) {}

    /** A datagram of a whole node begins to be on the air; the array must not be changed. */
    default void datagram(
            long nowUs, int from, int to, byte[] coap, boolean retry, FrameClass its, List<Carried> messages) {}
}
