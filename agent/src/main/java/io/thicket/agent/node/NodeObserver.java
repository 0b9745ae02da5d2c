package io.thicket.agent.node;

import io.thicket.agent.outbox.LossReason;

/** Watches what becomes of a node's own readings: tests, the simulator's invariants, the demo. Called on the node's loop. */
public interface NodeObserver {
    /** Watches nothing. */
    NodeObserver NONE = new NodeObserver() {};

    default void offered(long seq) {}

    default void settled(long seq) {}

    default void lost(long seq, LossReason reason) {}

    /** Readings that are sent from now on bear this epoch (epoch repair). */
    default void renumbered(long epoch) {}
}
