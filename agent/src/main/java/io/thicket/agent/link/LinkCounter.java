package io.thicket.agent.link;

/** What a link counts. A new figure is one constant here; the status page picks it up. */
public enum LinkCounter {
    /** Hop messages given to the kernel. */
    SENT,
    /** Bytes of them, CoAP header included. */
    SENT_BYTES,
    /** Hop messages given to the node. */
    RECEIVED,
    /** Bytes of them, CoAP header included. */
    RECEIVED_BYTES,
    /** Datagrams that came faster than the node's loop took them. */
    RECEIVE_FULL,
    /** Datagrams that are no hop message. */
    MALFORMED,
    /** Datagrams from somebody who is no neighbour: not a listed peer, not on the link. */
    FOREIGN,
    /** Hop messages not sent because the link was down. */
    SEND_WHILE_DOWN,
    /** Hop messages not sent because the kernel's buffer was full. */
    SEND_FULL,
    /** Hop messages not sent because they are larger than the link's MTU. */
    SEND_TOO_LARGE,
    /** Hop messages that the kernel refused. */
    SEND_FAILED
}
