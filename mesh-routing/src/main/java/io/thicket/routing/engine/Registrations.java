package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.table.SplitMix64;

/** When DATA carries the R flag, so that the downward route to its origin follows the upward one (2.5). */
final class Registrations {
    /** Pairs of origin and target remembered. */
    static final int MAX_PATHS = 512;

    /** So often within the period a pair registers. */
    private static final int TIMES = 3;

    /** When the last one registered: of the time the lower 32 bits. */
    private static final int AT_MS = 0;

    private static final int CELLS = 1;

    private final long seed;

    /** The hops that the last ones that registered went to, by {@link #name}, the pair used longest ago first: it goes when it is due again. */
    private final LinkedTable<NextHop> paths;

    /** {@code seed}: see {@link LinkedTable}. */
    Registrations(long seed) {
        this.seed = seed;
        this.paths = new LinkedTable<>(seed, CELLS);
    }

    /**
     * Whether a message of {@code origin} to {@code target} that goes to {@code hop} now should register: the first
     * one, one after the hop changed, or one a third of the period of its link after the last. Remembers it if so.
     */
    boolean isDue(long nowMs, NodeId origin, NodeId target, NextHop hop) {
        long name = name(origin, target);
        int known = paths.find(name, 0);
        if (known != LinkedTable.NONE) {
            if (paths.value(known) == hop && !isOver(nowMs, known)) {
                paths.touch(known);
                return false;
            }
            paths.remove(known);
        }
        while (paths.size() > 0 && (paths.size() >= MAX_PATHS || isOver(nowMs, paths.oldest()))) {
            paths.remove(paths.oldest());
        }
        paths.setCell(paths.add(name, 0, hop), AT_MS, (int) nowMs);
        return true;
    }

    /** After 49 days without any that is due a pair looks new once more, for a third of the period. */
    private boolean isOver(long nowMs, int slot) {
        long ageMs = Integer.toUnsignedLong((int) nowMs - paths.cell(slot, AT_MS));
        return ageMs >= paths.value(slot).parameters().registerPeriodMs() / TIMES;
    }

    int size() {
        return paths.size();
    }

    /** A message that registered did not get through: the next one does it again. */
    void failed(NodeId origin, NodeId target) {
        paths.remove(name(origin, target), 0);
    }

    /**
     * Of a pair: every relay on the way to the gateways has many, and half of each would be the names. That two of {@link #MAX_PATHS} have one name
     * is less likely than one in 10^14, nobody can choose them without the seed, and then one of them registers a third of the period later.
     */
    private long name(NodeId origin, NodeId target) {
        return SplitMix64.mix(SplitMix64.mix(origin.value() ^ seed) + target.value());
    }
}
