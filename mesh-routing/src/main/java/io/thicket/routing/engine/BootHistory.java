package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
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

    private static final int[] NO_BOOTS = {};

    private static final class Boots {
        int present;
        long presentEpoch;

        /** Of {@link #MAX_FORMER}, made for the first: most nodes were never seen to restart. */
        int[] former = NO_BOOTS;

        int formerCount;
        long quarantinedUntilMs = Long.MIN_VALUE;

        Boots(int present, long epoch) {
            this.present = present;
            this.presentEpoch = epoch;
        }

        boolean isFormer(int bootTag) {
            for (int i = 0; i < Math.min(formerCount, MAX_FORMER); i++) {
                if (former[i] == bootTag) {
                    return true;
                }
            }
            return false;
        }

        void replace(int bootTag, long epoch) {
            former = former.length == 0 ? new int[MAX_FORMER] : former;
            former[formerCount % MAX_FORMER] = present;
            formerCount = formerCount >= 2 * MAX_FORMER ? MAX_FORMER + 1 : formerCount + 1;
            present = bootTag;
            presentEpoch = epoch;
        }
    }

    /** By NodeId, the one unused longest first. */
    private final LinkedTable<Boots> nodes;

    /** Before this nobody is kept out, so that nobody need be looked for at each frame. */
    private long lastQuarantineEndsMs = Long.MIN_VALUE;

    /** {@code seed}: see {@link LinkedTable}. */
    BootHistory(long seed) {
        this.nodes = new LinkedTable<>(seed);
    }

    /** A boot has just answered a challenge. False if it is one of two that are alive at once: both are quarantined. */
    boolean accepted(long nowMs, NodeId node, int bootTag, long epoch) {
        Boots boots = use(node);
        if (boots == null) {
            if (nodes.size() >= MAX_NODES) {
                nodes.remove(nodes.oldest());
            }
            nodes.add(node.value(), 0, new Boots(bootTag, epoch));
            return true;
        }
        if (boots.present == bootTag) {
            return true;
        }
        boolean returned = boots.isFormer(bootTag);
        boots.replace(bootTag, epoch);
        if (returned) {
            boots.quarantinedUntilMs = nowMs + QUARANTINE_MS;
            lastQuarantineEndsMs = boots.quarantinedUntilMs;
            boots.formerCount = 0; // afterwards both may try again; who is alive then shows anew
        }
        return !returned;
    }

    /** Whether nothing of {@code node} is taken now. */
    boolean isQuarantined(long nowMs, NodeId node) {
        if (lastQuarantineEndsMs == Long.MIN_VALUE || lastQuarantineEndsMs - nowMs <= 0) {
            return false;
        }
        Boots boots = use(node);
        return boots != null && boots.quarantinedUntilMs - nowMs > 0 && boots.quarantinedUntilMs != Long.MIN_VALUE;
    }

    /** The present boot of {@code node} announced a number of this epoch. */
    void announced(NodeId node, int bootTag, long epoch) {
        Boots boots = use(node);
        if (boots != null && boots.present == bootTag) {
            boots.presentEpoch = Math.max(boots.presentEpoch, epoch);
        }
    }

    /** The epoch of the boot that was present last, if it is another boot than {@code bootTag}; null if none is known. */
    @Nullable
    Long epochOfOther(NodeId node, int bootTag) {
        Boots boots = use(node);
        return boots == null || boots.present == bootTag ? null : (Long) boots.presentEpoch;
    }

    private @Nullable Boots use(NodeId node) {
        int slot = nodes.find(node.value(), 0);
        if (slot == LinkedTable.NONE) {
            return null;
        }
        nodes.touch(slot);
        return nodes.value(slot);
    }
}
