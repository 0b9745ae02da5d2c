package io.thicket.gateway.bridge;

/** What a new connection to the broker lets the gateway hear. */
public enum BrokerSession {
    /** It hears what is published from now on; what happened before is only in what the broker retains. */
    NEW,
    /** The broker kept the session of the connection before: it also hears what was published meanwhile. */
    KEPT,
    /** It hears nothing: the broker refused the subscriptions. */
    DEAF;

    /**
     * How long a gateway asks the broker to keep its session, s. What it published in its last two seconds may be in no page, and if it was the
     * only gateway nobody but its session can tell it: so as long as a cut cable or a weekend's power cut takes to be noticed by somebody. It costs
     * the broker what it keeps for a client at most (mosquitto: 1000 messages).
     */
    public static final long KEPT_FOR_S = 3 * 86_400;
}
