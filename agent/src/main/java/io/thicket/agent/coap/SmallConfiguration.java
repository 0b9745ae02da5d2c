package io.thicket.agent.coap;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's settings for a device with little memory. The default deduplicator would keep each exchange for 247 s and
 * end a small heap after some thousand requests; the bounds here hold whatever arrives. All nodes of a process share these. Never
 * {@code Configuration.getStandard()}: it writes a file into the working directory.
 */
final class SmallConfiguration {
    /** Most peers with state at one endpoint. */
    static final int MAX_PEERS = 256;

    /** Most exchanges remembered for duplicate detection per peer. */
    static final int MESSAGES_PER_PEER = 8;

    /** Most observations of this node's resources. */
    static final int MAX_OBSERVES = 64;

    /** Largest body put together from blocks, in bytes. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    /** For people and tools on loopback: the parameters of RFC 7252 section 4.8. */
    static final Configuration LOCAL =
            base().set(CoapConfig.PREFERRED_BLOCK_SIZE, 1024).set(CoapConfig.MAX_MESSAGE_SIZE, 1024);

    /** For the mesh: routing.md section 2.7, and the lifetimes that follow from it by RFC 7252 section 4.8.2. */
    static final Configuration MESH = base().set(CoapConfig.ACK_TIMEOUT, 10, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_ACK_TIMEOUT, 30, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_RETRANSMIT, 1)
            .set(CoapConfig.MAX_LATENCY, 30, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_TRANSMIT_WAIT, 45, TimeUnit.SECONDS)
            .set(CoapConfig.EXCHANGE_LIFETIME, 85, TimeUnit.SECONDS)
            .set(CoapConfig.NON_LIFETIME, 45, TimeUnit.SECONDS)
            .set(CoapConfig.MAX_SERVER_RESPONSE_DELAY, 60, TimeUnit.SECONDS)
            .set(CoapConfig.PREFERRED_BLOCK_SIZE, 512)
            .set(CoapConfig.MAX_MESSAGE_SIZE, 512);

    private SmallConfiguration() {}

    private static Configuration base() {
        CoapConfig.register();
        return new Configuration(CoapConfig.DEFINITIONS)
                .set(CoapConfig.MAX_ACTIVE_PEERS, MAX_PEERS)
                .set(CoapConfig.MAX_PEER_INACTIVITY_PERIOD, 60, TimeUnit.SECONDS)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, MESSAGES_PER_PEER)
                .set(CoapConfig.MARK_AND_SWEEP_INTERVAL, 10, TimeUnit.SECONDS)
                .set(CoapConfig.MAX_SERVER_OBSERVES, MAX_OBSERVES)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY_BYTES)
                .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 60, TimeUnit.SECONDS)
                .set(CoapConfig.MID_TRACKER, CoapConfig.TrackerMode.NULL)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                // A vanished observer shows when a notification is confirmable: every 16th, at least once a minute.
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_COUNT, 16)
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_TIME, 60, TimeUnit.SECONDS);
    }
}
