package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One boot of another node, as its introduction named it: its key and what was seen of it. It is its replay window itself: each frame
 * heard looks at both.
 */
final class Session extends ReplayWindow {
    boolean live;

    /** Since it was last passed over when another one gave way. */
    boolean used;

    final NodeId node;

    /** Of the node; with the boot tag it is what frames carry in clear. */
    final int prefix;

    final int bootTag;
    private final int epoch;
    final SealCipher.SealKey key;

    /** What the guard's owner keeps of it, null until it said so. */
    @Nullable
    SessionPeer peer;

    /** {@code epoch}: of 32 bits, as an introduction has it. */
    Session(NodeId node, int bootTag, long epoch, SealCipher.SealKey key) {
        this.node = node;
        this.prefix = node.prefix();
        this.bootTag = bootTag;
        this.epoch = (int) epoch;
        this.key = key;
    }

    long epoch() {
        return Integer.toUnsignedLong(epoch);
    }
}
