package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;

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

    private static final class Known {
        int mtuBytes;
        long untilMs;
    }

    /** By destination, the one told longest ago first. */
    private final LinkedTable<Known> paths;

    /** {@code seed}: see {@link LinkedTable}. */
    PathMtus(long seed) {
        this.paths = new LinkedTable<>(seed);
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
        Known known = paths.get(destination.value(), 0);
        return known == null || known.untilMs - nowMs <= 0 ? LinkInfo.MAX_MTU_BYTES : known.mtuBytes;
    }

    private void put(NodeId destination, int mtuBytes, long untilMs) {
        int slot = paths.find(destination.value(), 0);
        if (slot == LinkedTable.NONE) {
            if (paths.size() >= MAX_PATHS) {
                paths.remove(paths.oldest());
            }
            slot = paths.add(destination.value(), 0, new Known());
        }
        paths.touch(slot);
        Known known = paths.value(slot);
        known.mtuBytes = Math.min(LinkInfo.MAX_MTU_BYTES, mtuBytes);
        known.untilMs = untilMs;
    }
}
