package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BrokerLimitsTest {
    @Test
    void a_broker_without_a_largest_packet_has_no_limit_rather_than_a_huge_one() {
        assertEquals("no limit", new BrokerLimits(20, Long.MAX_VALUE).maximumPacketText());
        assertEquals("2048", new BrokerLimits(20, 2_048).maximumPacketText());
    }
}
