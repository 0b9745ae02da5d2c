package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.MeshMessage;
import org.junit.jupiter.api.Test;

/** Where a frame a second is answered, HELLOs are half as frequent (sequence 29). */
class LinkLoadTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);
    private static final long MINUTE_MS = 60_000;

    private final LinkLoad load = new LinkLoad(RoutingParametersForTests.wifi(), 0);

    private void carries(int frames) {
        for (int i = 0; i < frames; i++) {
            load.sent(900);
        }
    }

    @Test
    void sixty_frames_in_a_minute_are_busy_and_fewer_are_not() {
        for (int i = 0; i < LinkLoad.BUSY_FRAMES - 1; i++) {
            load.sent(i * 1_000L);
        }
        assertFalse(load.isBusy(59_000));

        load.sent(59_000);

        assertTrue(load.isBusy(59_000));
        assertFalse(load.isCongested(59_000));
    }

    @Test
    void a_backlog_that_lasts_though_frames_are_answered_is_congestion_for_a_minute() {
        carries(LinkLoad.CONGESTED_FRAMES);
        load.took(1_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(3_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(5_000, LinkLoad.CONGESTED_BACKLOG, false);
        assertFalse(load.isCongested(5_000), "where a node died there is one for a while");

        load.took(6_000, LinkLoad.CONGESTED_BACKLOG, false);
        assertTrue(load.isCongested(65_999));
        assertTrue(load.isBusy(65_999), "who has to wait sends little");
        assertFalse(load.isCongested(66_000));
        assertFalse(load.isBusy(66_000));
    }

    /** A leaf's four messages that come in one frame each four seconds made every quiet relay on the way call its link congested. */
    @Test
    void a_link_that_carries_little_is_not_full() {
        carries(LinkLoad.CONGESTED_FRAMES - 4);
        for (int i = 1; i <= 3; i++) {
            load.sent(i * 4_000L);
            load.took(i * 4_000L, LinkLoad.CONGESTED_BACKLOG, false);
        }
        assertFalse(load.isCongested(12_000));

        load.sent(16_000);
        load.took(16_000, LinkLoad.CONGESTED_BACKLOG, false);
        assertFalse(load.isCongested(16_000), "from now on it counts");
        load.took(20_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(21_000, LinkLoad.CONGESTED_BACKLOG, false);
        assertTrue(load.isCongested(21_000));
    }

    @Test
    void unless_its_frames_have_to_be_repeated() {
        load.took(4_000, LinkLoad.CONGESTED_BACKLOG, true);
        load.took(8_000, LinkLoad.CONGESTED_BACKLOG, true);
        load.took(9_000, LinkLoad.CONGESTED_BACKLOG, true);

        assertTrue(load.isCongested(9_000));
    }

    @Test
    void a_link_that_comes_up_begins_anew() {
        carries(LinkLoad.CONGESTED_FRAMES);
        load.took(1_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(6_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.restart(7_000);
        assertFalse(load.isCongested(7_000));
        assertFalse(load.isBusy(7_000));

        for (int i = 0; i < LinkLoad.CONGESTED_FRAMES; i++) {
            load.sent(7_500);
        }
        load.took(8_000, LinkLoad.CONGESTED_BACKLOG, false);
        assertFalse(load.isCongested(8_000), "nor does the backlog of before count");
    }

    @Test
    void two_that_are_an_hour_apart_are_none() {
        carries(LinkLoad.CONGESTED_FRAMES);
        load.took(1_000, LinkLoad.CONGESTED_BACKLOG, false);
        for (int i = 0; i < LinkLoad.CONGESTED_FRAMES; i++) {
            load.sent(3_600_000);
        }
        load.took(3_600_000, LinkLoad.CONGESTED_BACKLOG, false);

        assertFalse(load.isCongested(3_600_000));
    }

    @Test
    void it_lasts_over_the_moment_when_the_lower_half_of_the_time_comes_round() {
        for (long startMs : new long[] {(1L << 31) - 2_000, (1L << 32) - 2_000}) {
            for (int i = 0; i < LinkLoad.CONGESTED_FRAMES; i++) {
                load.sent(startMs);
            }
            load.took(startMs, LinkLoad.CONGESTED_BACKLOG, false);
            load.took(startMs + 3_000, LinkLoad.CONGESTED_BACKLOG, false);
            assertFalse(load.isCongested(startMs + 3_000));
            load.took(startMs + 5_000, LinkLoad.CONGESTED_BACKLOG, false);
            assertTrue(load.isCongested(startMs + 5_000));
        }
    }

    @Test
    void one_that_was_worked_off_meanwhile_is_none() {
        carries(LinkLoad.CONGESTED_FRAMES);
        load.took(1_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(3_000, LinkLoad.CONGESTED_BACKLOG - 1, false);
        load.took(6_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(9_000, LinkLoad.CONGESTED_BACKLOG, false);
        load.took(10_999, LinkLoad.CONGESTED_BACKLOG, false);

        assertFalse(load.isCongested(10_999));
    }

    @Test
    void it_ends_a_minute_after_the_traffic_at_the_latest() {
        for (int i = 0; i < 200; i++) {
            load.sent(20_000);
        }

        assertTrue(load.isBusy(59_000));
        assertFalse(load.isBusy(81_000));
        assertFalse(load.isBusy(10_000_000));
    }

    @Test
    void a_busy_router_announces_and_keeps_a_longer_interval_and_a_quiet_one_does_not() {
        long quiet = longestInterval(20_000);
        long busy = longestInterval(500);

        assertEquals(RoutingParameters.of(LinkClass.WIFI).helloMaxMs(), quiet);
        assertEquals(2 * quiet, busy);
    }

    private static long longestInterval(int periodMs) {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        Peer previous = new Peer(bench, 2).join();
        long longestMs = 0;
        int number = 0;
        bench.sent.clear();
        for (long ms = 0; ms < 10 * MINUTE_MS; ms += periodMs) {
            if (ms % 20_000 == 0) {
                next.hello(Peer.entry(GATEWAY, 10, 100));
                previous.hello();
            }
            number++;
            HopCode code = previous.data(number, Peer.message(previous.id, number, 0, GATEWAY, limit()))
                    .code();
            assertEquals(HopCode.CUSTODY, code, ms + " ms");
            for (int part = 1; part <= 25; part++) {
                bench.runTo(ms + part * periodMs / 25);
                for (Bench.Sent frame : bench.sent) {
                    for (MeshMessage message : next.open(frame.frame(), frame.exchange())) {
                        longestMs = Math.max(longestMs, message instanceof Hello hello ? hello.intervalMs() : 0);
                    }
                }
                next.acceptAll();
            }
        }
        return longestMs;
    }

    private static Distance limit() {
        return new Distance(new Seq(1, 10), 10_000);
    }
}
