package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import org.jspecify.annotations.Nullable;

/**
 * One boot of another node, as its introduction named it: its key and what was seen of it. It is its replay window itself: each frame
 * heard looks at both.
 */
final class Session extends ReplayWindow implements ClockTable.Entry {
    boolean live;

    /** How many were added to the table when it was used last; counts round in 16 bits. */
    char usedAt;

    final NodeId node;

    final int bootTag;
    private final int epoch;
    final SealCipher.SealKey sealKey;

    /** What the guard's owner keeps of it, null until it said so. */
    @Nullable
    SessionPeer peer;

    /** {@code epoch}: of 32 bits, as an introduction has it. */
    Session(NodeId node, int bootTag, long epoch, SealCipher.SealKey sealKey) {
        this.node = node;
        this.bootTag = bootTag;
        this.epoch = (int) epoch;
        this.sealKey = sealKey;
    }

    long epoch() {
        return Integer.toUnsignedLong(epoch);
    }

    /** What frames carry in clear: prefix and boot tag. */
    @Override
    public long key() {
        return key(node.prefix(), bootTag);
    }

    static long key(int prefix, int bootTag) {
        return (long) prefix << 32 | Integer.toUnsignedLong(bootTag);
    }
}
