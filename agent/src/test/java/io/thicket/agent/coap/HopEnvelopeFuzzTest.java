package io.thicket.agent.coap;

import com.code_intelligence.jazzer.junit.FuzzTest;

class HopEnvelopeFuzzTest {
    private final HopEnvelope envelope = new HopEnvelope();

    @FuzzTest(maxDuration = "10m")
    void any_datagram_is_read_as_californium_reads_it_or_refused(byte[] datagram) {
        HopEnvelopeChecks.check(envelope, datagram);
    }
}
