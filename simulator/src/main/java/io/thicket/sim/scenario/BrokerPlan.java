package io.thicket.sim.scenario;

/**
 * The simulated broker, as far as gateways notice.
 *
 * @param delayMs one way between a gateway and the broker, {@link #MIN_DELAY_MS} to {@link #MAX_DELAY_MS}
 * @param inFlight messages that may be on their way to one gateway without an acknowledgement, 1 to {@link #MAX_IN_FLIGHT}
 * @param queued messages that are kept for one gateway, those on their way included, {@code inFlight} to {@link #MAX_QUEUED}; others are dropped
 */
public record BrokerPlan(long delayMs, int inFlight, int queued) {
    public static final long MIN_DELAY_MS = 1;
    public static final long MAX_DELAY_MS = 10_000;

    /** What a Receive Maximum can say (MQTT 5, section 3.1.2.11.3). */
    public static final int MAX_IN_FLIGHT = 65_535;

    public static final int MAX_QUEUED = 1_000_000;

    /** One on the same site, with mosquitto's limits ({@code max_inflight_messages}, {@code max_queued_messages}). */
    public static final BrokerPlan USUAL = new BrokerPlan(10, 20, 1_000);

    public BrokerPlan {
        if (delayMs < MIN_DELAY_MS || inFlight < 1 || queued < inFlight) {
            throw new IllegalArgumentException(delayMs + " ms, " + inFlight + " of " + queued + " messages");
        }
    }

    /** From a publication to its acknowledgement, us. */
    public long answerUs() {
        return 2_000 * delayMs;
    }
}
