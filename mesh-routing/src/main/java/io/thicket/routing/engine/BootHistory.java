package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedRows;
import io.thicket.routing.table.LinkedTable;
import org.jspecify.annotations.Nullable;

/**
 * Which boots of a node proved to be present, and in which order (2.1). A boot that proves to be present after another
 * one took its place is alive beside that one: two machines share one key. A restart never looks like that, however often
 * it happens, since a boot that is over answers no fresh challenge.
 */
final class BootHistory {
    /** Nodes remembered; the one unused longest is forgotten first. */
    static final int MAX_NODES = 1_024;

    /** Former boots remembered of each. */
    static final int MAX_FORMER = 4;

    /** How long both are kept out after they were seen beside each other. */
    static final long QUARANTINE_MS = 300_000;

    /** The row of a node: its present boot, and the highest epoch that this boot has named, in the 32 bits of the wire. */
    private static final int PRESENT_TAG = 0;

    private static final int PRESENT_EPOCH = 1;
    private static final int CELLS = 2;

    /** The boots of a node that was seen to restart. */
    private static final class Former {
        private final int[] tags = new int[MAX_FORMER];
        private int count;
        private long quarantinedUntilMs = Long.MIN_VALUE;

        boolean has(int bootTag) {
            for (int i = 0; i < Math.min(count, MAX_FORMER); i++) {
                if (tags[i] == bootTag) {
                    return true;
                }
            }
            return false;
        }

        void add(int bootTag) {
            tags[count % MAX_FORMER] = bootTag;
            count = count >= 2 * MAX_FORMER ? MAX_FORMER + 1 : count + 1;
        }
    }

    /** By NodeId, the one unused longest first. */
    private final LinkedRows nodes;

    /** Those of {@link #nodes} that were seen to restart, which most were not; made for the first. */
    private @Nullable LinkedTable<Former> restarted;

    private final long seed;

    /** Before this nobody is kept out, so that nobody need be looked for at each frame. */
    private long lastQuarantineEndsMs = Long.MIN_VALUE;

    /** {@code seed}: see {@link LinkedTable}. */
    BootHistory(long seed) {
        this.nodes = new LinkedRows(seed, CELLS);
        this.seed = seed;
    }

    /** A boot has just answered a challenge. False if it is one of two that are alive at once: both are quarantined. */
    boolean accepted(long nowMs, NodeId node, int bootTag, long epoch) {
        int slot = use(node);
        if (slot == LinkedRows.NONE) {
            if (nodes.size() >= MAX_NODES) {
                forgetEldest();
            }
            set(nodes.add(node.value(), 0), bootTag, epoch);
            return true;
        }
        int present = presentTag(slot);
        if (present == bootTag) {
            return true;
        }
        Former former = former(node);
        boolean returned = former.has(bootTag);
        former.add(present);
        set(slot, bootTag, epoch);
        if (returned) {
            former.quarantinedUntilMs = nowMs + QUARANTINE_MS;
            lastQuarantineEndsMs = former.quarantinedUntilMs;
            former.count = 0; // afterwards both may try again; who is alive then shows anew
        }
        return !returned;
    }

    /** Whether nothing of {@code node} is taken now. */
    boolean isQuarantined(long nowMs, NodeId node) {
        if (lastQuarantineEndsMs == Long.MIN_VALUE || lastQuarantineEndsMs - nowMs <= 0) {
            return false;
        }
        use(node);
        Former former = restarted == null ? null : restarted.get(node.value(), 0);
        return former != null && former.quarantinedUntilMs - nowMs > 0 && former.quarantinedUntilMs != Long.MIN_VALUE;
    }

    /** The present boot of {@code node} announced a number of this epoch. */
    void announced(NodeId node, int bootTag, long epoch) {
        int slot = use(node);
        if (slot != LinkedRows.NONE && presentTag(slot) == bootTag && epoch > presentEpoch(slot)) {
            set(slot, bootTag, epoch);
        }
    }

    /** The epoch of the boot that was present last, if it is another boot than {@code bootTag}; null if none is known. */
    @Nullable
    Long epochOfOther(NodeId node, int bootTag) {
        int slot = use(node);
        return slot == LinkedRows.NONE || presentTag(slot) == bootTag ? null : (Long) presentEpoch(slot);
    }

    private int use(NodeId node) {
        int slot = nodes.find(node.value(), 0);
        if (slot != LinkedRows.NONE) {
            nodes.touch(slot);
        }
        return slot;
    }

    private int presentTag(int slot) {
        return nodes.cell(slot, PRESENT_TAG);
    }

    private long presentEpoch(int slot) {
        return Integer.toUnsignedLong(nodes.cell(slot, PRESENT_EPOCH));
    }

    private void set(int slot, int bootTag, long epoch) {
        nodes.setCell(slot, PRESENT_TAG, bootTag);
        nodes.setCell(slot, PRESENT_EPOCH, (int) epoch);
    }

    private Former former(NodeId node) {
        LinkedTable<Former> all = restarted == null ? new LinkedTable<>(seed) : restarted;
        restarted = all;
        Former known = all.get(node.value(), 0);
        if (known != null) {
            return known;
        }
        Former made = new Former();
        all.add(node.value(), 0, made);
        return made;
    }

    private void forgetEldest() {
        int eldest = nodes.oldest();
        if (restarted != null) {
            restarted.remove(nodes.firstKey(eldest), 0);
        }
        nodes.remove(eldest);
    }
}
