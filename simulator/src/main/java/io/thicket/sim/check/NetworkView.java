package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The whole network, as only an oracle can see it. Nodes are numbered from 0. */
public interface NetworkView {
    int nodes();

    /** Simulation time. */
    long nowMs();

    /** The node's number, -1 if no node has this id. */
    int indexOf(NodeId id);

    /** The id of a node that was started at least once. */
    NodeId idOf(int node);

    /** The present routing state, empty while the node is down. */
    Optional<RoutingSnapshot> routing(int node);

    /** How long ago the node was last touched in ms: what its {@link #routing} says is that old. */
    long routingAgeMs(int node);

    /** What the node says of its readings, empty while it is down. */
    Optional<ReadingAccount> readings(int node);

    /**
     * A node's readings of this boot by their seq. The collections are live: read them, do not keep them.
     *
     * @param epoch number of the boot
     * @param open offered, and neither settled nor reported lost
     * @param waiting what the node's outbox says it keeps
     * @param settled in the order in which they were settled
     */
    record ReadingAccount(long epoch, SortedSet<Long> open, Collection<Long> waiting, List<Long> settled) {}
}
