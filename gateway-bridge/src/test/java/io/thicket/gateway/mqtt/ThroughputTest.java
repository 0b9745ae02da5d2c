package io.thicket.gateway.mqtt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs {@link ThroughputMain} on demand: a measurement, not a check. */
@EnabledIfSystemProperty(
        named = "throughput.broker",
        matches = ".+",
        disabledReason = "skipped: a measurement, see README.md of gateway-bridge")
class ThroughputTest {
    @Test
    void twenty_thousand_readings() throws InterruptedException {
        ThroughputMain.main(new String[] {System.getProperty("throughput.broker"), "20000"});
    }
}
