package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedRows;
import org.jspecify.annotations.Nullable;

/**
 * The smallest MTU on the way to a node (2.2), as an RREP, a registration or a refusal (4.13) told. What is not known, or
 * was told too long ago, is as large as a frame can be: the hop that it does not fit refuses it, and says so.
 */
final class PathMtus {
    /** Ways remembered; the one told longest ago is forgotten first. */
    static final int MAX_PATHS = 1_024;

    /** A refusal counts for so long: the way may have changed since, and only another message can find out. */
    static final long REFUSAL_MS = 300_000;

    private static final int STEP_BYTES = 16;

    private static final int MTU_BYTES = 0;
    private static final int UNTIL_MS = 1;
    private static final int CELLS = 3;

    private final long seed;

    /** By destination, the one told longest ago first; none that carries all that a frame can be. Made for the first. */
    private @Nullable LinkedRows paths;

    /** {@code seed}: see {@link io.thicket.routing.table.LinkedTable}. */
    PathMtus(long seed) {
        this.seed = seed;
    }

    /** What the present way carries, for {@code lifeMs}; 0 bytes if the teller does not know. */
    void told(long nowMs, NodeId destination, int mtuBytes, long lifeMs) {
        if (mtuBytes > 0) {
            put(destination, mtuBytes, nowMs + lifeMs);
        }
    }

    /** A hop on the way can not pass on more than this; if it says what was known, that was not little enough. */
    void refused(long nowMs, NodeId destination, int mtuBytes) {
        int known = of(nowMs, destination);
        int less = mtuBytes > 0 && mtuBytes < known ? mtuBytes : known - STEP_BYTES;
        put(destination, Math.max(LinkInfo.MIN_MTU_BYTES, less), nowMs + REFUSAL_MS);
    }

    /** The largest sealed frame that fits all the way to {@code destination}. */
    int of(long nowMs, NodeId destination) {
        if (paths == null) {
            return LinkInfo.MAX_MTU_BYTES;
        }
        int slot = paths.find(destination.value(), 0);
        return slot == LinkedRows.NONE || paths.wideCell(slot, UNTIL_MS) - nowMs <= 0
                ? LinkInfo.MAX_MTU_BYTES
                : paths.cell(slot, MTU_BYTES);
    }

    private void put(NodeId destination, int mtuBytes, long untilMs) {
        LinkedRows all = paths;
        if (all != null) {
            all.remove(destination.value(), 0);
        }
        if (mtuBytes >= LinkInfo.MAX_MTU_BYTES) {
            return; // says no more than not to know
        }
        if (all == null) {
            all = new LinkedRows(seed, CELLS);
            paths = all;
        } else if (all.size() >= MAX_PATHS) {
            all.remove(all.oldest());
        }
        int slot = all.add(destination.value(), 0);
        all.setCell(slot, MTU_BYTES, mtuBytes);
        all.setWideCell(slot, UNTIL_MS, untilMs);
    }
}
