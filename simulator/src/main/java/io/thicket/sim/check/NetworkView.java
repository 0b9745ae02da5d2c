package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.Optional;

/** The whole network, as only an oracle can see it. Nodes are numbered from 0. */
public interface NetworkView {
    int nodes();

    /** The node's number, -1 if no node has this id. */
    int indexOf(NodeId id);

    /** The present routing state, empty while the node is down. */
    Optional<RoutingSnapshot> routing(int node);

    /** How long ago the node was last touched in ms: what its {@link #routing} says is that old. */
    long routingAgeMs(int node);

    /** What the node says of its readings, empty while it is down. */
    Optional<ReadingAccount> readings(int node);

    /**
     * A node's own account of its readings in this boot.
     *
     * @param epoch number of the boot
     * @param offered taken from sensors
     * @param settled by a gateway
     * @param lost given up and reported
     * @param waiting in the outbox
     */
    record ReadingAccount(long epoch, long offered, long settled, long lost, long waiting) {}
}
