package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AodvParametersTest {
    @Test
    @Tag("rfc3561-10")
    void derived_times_are_those_of_the_rfc() {
        AodvParameters rfc = AodvParameters.RFC3561;

        assertEquals(2_800, rfc.netTraversalTimeMs());
        assertEquals(5_600, rfc.pathDiscoveryTimeMs());
        assertEquals(240, rfc.ringTraversalTimeMs(1));
        assertEquals(720, rfc.ringTraversalTimeMs(7));
        assertEquals(15_000, rfc.deletePeriodMs());
        assertEquals(5_600, rfc.blacklistTimeoutMs());
        assertEquals(2_000, rfc.helloLossMs());
    }

    @ParameterizedTest
    @CsvSource({
        // label, hello, active route s, my route ms, net diameter, destination only, gratuitous
        "base35-cmu20-p0-s1, true, 3, 11200, 35, false, true",
        "cmu20-v20-p900-s1, true, 3, 11200, 35, false, true",
        "das50-40src3pps-s1, true, 3, 11200, 35, false, true",
        "dflt-grid4-n100-i10, true, 3, 11200, 35, false, true",
        "cc-grid4-n100-i10, false, 3, 11200, 35, false, true",
        "cc-uni-n100-i60, false, 3, 11200, 35, false, true",
        "cc-grid4-n100-i10-art30, false, 30, 60000, 35, false, true",
        "cc-grid4-n100-i60-art180, false, 180, 360000, 35, false, true",
        "kill-grid4-n100-i10-s1, false, 3, 11200, 35, false, true",
        "perf-cull-grid4-n400, false, 3, 14400, 45, false, true",
        "perf-stock-cmu20, true, 3, 11200, 35, false, true",
        "tune-art10-cmu20-p0-s1, true, 10, 20000, 35, false, true",
        "tune-destonly-cmu20-p0-s1, true, 3, 11200, 35, true, true",
        "tune-nograt-cmu20-p0-s1, true, 3, 11200, 35, false, false",
        "full900-cmu10-p0-s1, true, 3, 11200, 35, false, true",
        "full900-hello0-cmu10-p0-s1, false, 3, 11200, 35, false, true",
    })
    void a_row_of_ns3_has_its_settings(
            String label,
            boolean hello,
            long activeRouteS,
            long myRouteMs,
            int netDiameter,
            boolean destinationOnly,
            boolean gratuitous) {
        AodvParameters row = AodvParameters.ns3(label);

        assertEquals(hello, row.hello());
        assertEquals(activeRouteS * 1_000, row.activeRouteTimeoutMs());
        assertEquals(myRouteMs, row.myRouteTimeoutMs());
        assertEquals(netDiameter, row.netDiameter());
        assertEquals(destinationOnly, row.destinationOnly());
        assertEquals(gratuitous, row.gratuitousRrep());
        assertEquals(AodvReading.RESOLVED, row.reading());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "olsr-cmu20-p0-s1", "dsdv-cmu20-p0-s1", "grid4"})
    void other_labels_are_refused(String label) {
        assertThrows(IllegalArgumentException.class, () -> AodvParameters.ns3(label));
    }
}
