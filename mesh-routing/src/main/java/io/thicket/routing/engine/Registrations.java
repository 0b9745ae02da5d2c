package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;

/** When DATA carries the R flag, so that the downward route to its origin follows the upward one (2.5). */
final class Registrations {
    /** Pairs of origin and target remembered. */
    static final int MAX_PATHS = 512;

    /** When the last one registered. */
    private static final int AT_MS = 0;

    private static final int CELLS = 2;

    /** The hops that the last ones went to, by origin and target, the pair used longest ago first. */
    private final LinkedTable<NextHop> paths;

    /** {@code seed}: see {@link LinkedTable}. */
    Registrations(long seed) {
        this.paths = new LinkedTable<>(seed, CELLS);
    }

    /**
     * Whether a message of {@code origin} to {@code target} that goes to {@code hop} now should register: the first
     * one, one after the hop changed, or one a third of {@code periodMs} after the last. Remembers it if so.
     */
    boolean isDue(long nowMs, NodeId origin, NodeId target, NextHop hop, long periodMs) {
        int slot = paths.find(origin.value(), target.value());
        if (slot == LinkedTable.NONE) {
            if (paths.size() >= MAX_PATHS) {
                paths.remove(paths.oldest());
            }
            slot = paths.add(origin.value(), target.value(), hop);
        } else {
            paths.touch(slot);
            if (paths.value(slot) == hop && nowMs - paths.wideCell(slot, AT_MS) < periodMs / 3) {
                return false;
            }
            paths.replace(slot, hop);
        }
        paths.setWideCell(slot, AT_MS, nowMs);
        return true;
    }

    /** A message that registered did not get through: the next one does it again. */
    void failed(NodeId origin, NodeId target) {
        paths.remove(origin.value(), target.value());
    }
}
