package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.scenario.BrokerPlan;
import java.time.Duration;

/** {@code [broker]}: the simulated broker that all gateways share. */
final class BrokerSection {
    /** Gateways wait for a second before they take a node over, "more than three times the way to the broker". */
    private static final long CLAIMS_BEAR_MS = 300;

    private BrokerSection() {}

    static BrokerPlan read(SectionReader reader) {
        BrokerPlan usual = BrokerPlan.USUAL;
        long delayMs = reader.duration(
                        "delay",
                        Duration.ofMillis(usual.delayMs()),
                        Duration.ofMillis(BrokerPlan.MIN_DELAY_MS),
                        Duration.ofMillis(BrokerPlan.MAX_DELAY_MS))
                .toMillis();
        if (delayMs > CLAIMS_BEAR_MS) {
            reader.warning(
                    "delay",
                    "a broker so far away: of two gateways that have one reading both may publish it",
                    "write delay = \"300ms\" or less, or expect duplicates with several gateways");
        }
        int inFlight = reader.integer("in_flight", 1, BrokerPlan.MAX_IN_FLIGHT).orElse(usual.inFlight());
        int queued = reader.integer("queued", 1, BrokerPlan.MAX_QUEUED).orElse(Math.max(usual.queued(), inFlight));
        if (queued < inFlight) {
            reader.error(
                    "queued",
                    "queued is less than in_flight, whose messages it includes",
                    "write queued = " + inFlight + " or more");
            return usual;
        }
        return new BrokerPlan(delayMs, inFlight, queued);
    }
}
