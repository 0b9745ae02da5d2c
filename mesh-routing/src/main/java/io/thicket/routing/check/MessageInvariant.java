package io.thicket.routing.check;

import io.thicket.routing.wire.MeshMessage;

/** A safety property of what is said: it is judged on every message that leaves a node. */
public interface MessageInvariant {
    /** A message to everyone on the link. */
    int EVERYONE = -1;

    /** The number of section 4.1 and what it says, for the failure's message. */
    String name();

    /**
     * Node {@code from} (in its present boot {@code bootTag}) transmits {@code message} to node {@code to} or to
     * {@link #EVERYONE}. An empty text if all is well, else what is wrong.
     */
    String sent(long nowMs, int from, int bootTag, int to, MeshMessage message);
}
