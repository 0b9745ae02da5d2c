package io.thicket.routing.security;

import io.thicket.routing.NodeId;

/** One boot of another node, as its introduction named it: its key and what was seen of it. */
final class Session {
    final NodeId node;
    final int bootTag;
    final long epoch;
    final long salt;
    final SealCipher.SealKey key;
    final ReplayWindow window = new ReplayWindow();
    boolean live;

    Session(NodeId node, int bootTag, long epoch, long salt, SealCipher.SealKey key) {
        this.node = node;
        this.bootTag = bootTag;
        this.epoch = epoch;
        this.salt = salt;
        this.key = key;
    }

    /** What frames carry in clear: prefix and boot tag. */
    long clearName() {
        return clearName(node.prefix(), bootTag);
    }

    static long clearName(int prefix, int bootTag) {
        return (long) prefix << 32 | Integer.toUnsignedLong(bootTag);
    }
}
