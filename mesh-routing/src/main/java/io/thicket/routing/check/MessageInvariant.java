package io.thicket.routing.check;

import io.thicket.routing.wire.MeshMessage;

/** A safety property of what is said: it is judged on every message that leaves a node. */
public interface MessageInvariant {
    /** A boot of a node. */
    record Party(int node, int bootTag) {
        /** A message to everyone on the link. */
        public static final Party EVERYONE = new Party(-1, 0);
    }

    /** The number of section 4.1 and what it says, for the failure's message. */
    String name();

    /** {@code from} transmits {@code message} to {@code to}. An empty text if all is well, else what is wrong. */
    String sent(long nowMs, Party from, Party to, MeshMessage message);
}
