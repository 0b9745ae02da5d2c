package io.thicket.agent.node;

import io.thicket.agent.outbox.LossReason;
import java.util.ArrayList;
import java.util.List;

/** The readings that were given up last, for the status page. */
final class LossLog {
    /** Most that are remembered. */
    static final int MAX_LOST = 32;

    /** Oldest first; made with the first one. */
    private List<Lost> lost = List.of();

    /** The reading {@code id} was given up. */
    void add(long nowMs, String id, LossReason reason) {
        if (lost.isEmpty()) {
            lost = new ArrayList<>();
        } else if (lost.size() == MAX_LOST) {
            lost.remove(0);
        }
        lost.add(new Lost(id, reason, nowMs));
    }

    List<NodeSnapshot.LostReading> all(long nowMs) {
        return lost.stream().map(reading -> reading.at(nowMs)).toList();
    }

    private record Lost(String id, LossReason reason, long atMs) {
        NodeSnapshot.LostReading at(long nowMs) {
            return new NodeSnapshot.LostReading(id, reason, nowMs - atMs);
        }
    }
}
