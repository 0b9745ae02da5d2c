package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Host;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;

/** What the bridge wants done. An implementation never calls back into the bridge during a call. */
public interface BridgeEffects {
    /**
     * Publish on the present connection; answer with {@link Bridge#onAcknowledged} once (QoS 0: when it is written). If
     * the connection ends first there is no answer. {@code token} is unique for the life of the bridge.
     */
    void publish(long token, Publication publication);

    /** The broker need not send this message again: the token is that of {@link Bridge#onHeard}. */
    void heard(long token);

    /** Subscribe to {@code filter} again on the present connection, so that what is retained there comes once more. */
    void subscribeAgain(String filter);

    /** Settle a message to its origin ({@link Host#settle}). */
    void settle(MessageId message, SettleStatus status);

    /** {@link Bridge#state()} changed. */
    void stateChanged();

    /** The broker no longer answers: drop this connection and make a new one. */
    void reconnect(String reason);

    /** A person may want to read this sentence; rate-limited by the bridge. */
    void warn(String sentence);
}
