package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import org.jspecify.annotations.Nullable;

/** When DATA carries the R flag, so that the downward route to its origin follows the upward one (2.5). */
final class Registrations {
    /** Pairs of origin and target remembered. */
    static final int MAX_PATHS = 512;

    private static final class Last {
        @Nullable
        NextHop hop;

        long atMs;
    }

    /** By origin and target, the one used longest ago first. */
    private final LinkedTable<Last> paths;

    /** {@code seed}: see {@link LinkedTable}. */
    Registrations(long seed) {
        this.paths = new LinkedTable<>(seed);
    }

    /**
     * Whether a message of {@code origin} to {@code target} that goes to {@code hop} now should register: the first
     * one, one after the hop changed, or one a third of {@code periodMs} after the last. Remembers it if so.
     */
    boolean isDue(long nowMs, NodeId origin, NodeId target, NextHop hop, long periodMs) {
        int slot = paths.find(origin.value(), target.value());
        if (slot != LinkedTable.NONE) {
            paths.touch(slot);
            Last last = paths.value(slot);
            if (last.hop == hop && nowMs - last.atMs < periodMs / 3) {
                return false;
            }
            last.hop = hop;
            last.atMs = nowMs;
            return true;
        }
        Last last = paths.size() >= MAX_PATHS ? forgetEldest() : new Last();
        last.hop = hop;
        last.atMs = nowMs;
        paths.add(origin.value(), target.value(), last);
        return true;
    }

    /** A message that registered did not get through: the next one does it again. */
    void failed(NodeId origin, NodeId target) {
        paths.remove(origin.value(), target.value());
    }

    private Last forgetEldest() {
        int eldest = paths.oldest();
        Last last = paths.value(eldest);
        paths.remove(eldest);
        return last;
    }
}
