package io.thicket.agent.node;

import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.senml.SenmlRecord;
import java.util.List;

/** Watches what becomes of a node's own readings: tests, the simulator's invariants, the demo. Called on the node's loop. */
public interface NodeObserver {
    /** Watches nothing. */
    NodeObserver NONE = new NodeObserver() {};

    /** A reading will be that number of the present epoch; {@code records} is what it says. */
    default void offered(long seq, List<SenmlRecord> records) {}

    /** A reading that was offered in that epoch arrived. */
    default void settled(long epoch, long seq) {}

    /** A reading that was offered in that epoch never will. */
    default void lost(long epoch, long seq, LossReason reason) {}

    /** Readings that are taken from now on bear this epoch (epoch repair). */
    default void renumbered(long epoch) {}
}
