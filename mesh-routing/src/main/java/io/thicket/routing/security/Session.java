package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One boot of another node, as its introduction named it: its key and what was seen of it. It is its replay window itself: each frame
 * heard looks at both.
 */
final class Session extends ReplayWindow {
    boolean live;
    final NodeId node;
    final int bootTag;
    private final int epoch;
    final SealCipher.SealKey key;

    /** What the guard's owner keeps of it, null until it said so. */
    @Nullable
    SessionPeer peer;

    /** {@code epoch}: of 32 bits, as an introduction has it. */
    Session(NodeId node, int bootTag, long epoch, SealCipher.SealKey key) {
        this.node = node;
        this.bootTag = bootTag;
        this.epoch = (int) epoch;
        this.key = key;
    }

    long epoch() {
        return Integer.toUnsignedLong(epoch);
    }

    /** What frames carry in clear: prefix and boot tag. */
    long clearName() {
        return clearName(node.prefix(), bootTag);
    }

    static long clearName(int prefix, int bootTag) {
        return (long) prefix << 32 | Integer.toUnsignedLong(bootTag);
    }
}
