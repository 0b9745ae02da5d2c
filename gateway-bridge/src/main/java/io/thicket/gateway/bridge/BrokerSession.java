package io.thicket.gateway.bridge;

/** What a new connection to the broker lets the gateway hear. */
public enum BrokerSession {
    /** It hears what is published from now on; what happened before is only in what the broker retains. */
    NEW,
    /** The broker kept the session of the connection before: it also hears what was published meanwhile. */
    KEPT,
    /** It hears nothing: the broker refused the subscriptions. */
    DEAF
}
