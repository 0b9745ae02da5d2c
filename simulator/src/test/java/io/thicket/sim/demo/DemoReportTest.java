package io.thicket.sim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    @Test
    void a_good_run_is_ok_and_its_json_has_every_member() {
        DemoReport report = new DemoReport(12, 6, 330, 325, 0, List.of(), 412, 12, 240, 0x5eed, "n3", false, true);

        assertTrue(report.ok());
        assertEquals(
                "{\"ok\":true,\"nodes\":12,\"maxHops\":6,\"readingsOffered\":330,\"readingsDelivered\":325,\"duplicates\":0,"
                        + "\"lost\":[],\"healMs\":412,\"latencyMs\":{\"p50\":12,\"p95\":240},\"killed\":\"n3\","
                        + "\"seed\":\"0x5eed\",\"failures\":[]}",
                report.toJson());
    }

    @Test
    void every_broken_promise_is_named() {
        DemoReport report = new DemoReport(12, 3, 330, 0, 2, List.of("n4 #7 \"late\""), -1, 0, 0, 1, "n3", true, true);

        assertEquals(
                List.of(
                        "no reading arrived at the subscriber",
                        "1 readings older than 10 s did not arrive",
                        "2 readings arrived more than once",
                        "the farthest reading came over 3 hops, not 4",
                        "the network did not heal after n3 was killed"),
                report.failures());
        assertFalse(report.ok());
        assertTrue(report.toJson().contains("\"lost\":[\"n4 #7 \\\"late\\\"\"],\"healMs\":null"));
        assertEquals(
                "NOT OK; the same run again: --seed 0x1",
                report.toLines().get(report.toLines().size() - 1));
    }

    @Test
    void a_run_that_was_broken_off_at_once_is_not_asked_for_hops() {
        DemoReport report = new DemoReport(12, 1, 3, 2, 0, List.of(), -1, 9, 9, 1, "n3", false, false);

        assertTrue(report.ok());
        assertEquals("n3 was killed; not healed yet", report.toLines().get(1));
    }
}
