package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** 2.7: how often one that failed is asked whether it is back. */
class ProbeBackOffTest {
    private static final long MOVING_MS = 2_000;
    private static final long CALM_MS = 60_000;

    @Nested
    class Alone {
        private final ProbeBackOff probes = new ProbeBackOff(RoutingParameters.of(LinkClass.WIFI));

        @Test
        void from_the_third_probe_in_vain_on_each_doubles_the_time_to_the_next() {
            assertEquals(List.of(1L, 1L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L), pausesS(10, false));
        }

        @Test
        void four_seconds_are_the_most_while_nodes_move() {
            assertEquals(List.of(1L, 1L, 1L, 2L, 4L, 4L, 4L), pausesS(7, true));
        }

        @Test
        void a_probe_that_never_got_there_may_be_sent_anew() {
            probes.asked(1_000);
            assertFalse(probes.isDue(1_999, false));
            assertFalse(probes.isHeardSince(1_000));

            probes.undecided();

            assertTrue(probes.isDue(1_999, false) && probes.isHeardSince(1_000));
        }

        @Test
        void slow_links_have_time_to_answer() {
            ProbeBackOff slow = new ProbeBackOff(RoutingParameters.of(LinkClass.LORA));
            slow.asked(0);
            assertFalse(slow.isDue(31_999, false));
            assertTrue(slow.isDue(32_000, false));
        }

        private List<Long> pausesS(int count, boolean restless) {
            return java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> {
                        probes.asked(0);
                        long ms = 0;
                        while (!probes.isDue(ms, restless)) {
                            ms += 1_000;
                        }
                        probes.failed();
                        return ms / 1_000;
                    })
                    .toList();
        }
    }

    @Nested
    class WithoutAirtime {
        private final Bench bench = new Bench(RoutingParameters.of(LinkClass.LORA), RuleSwitches.ALL_ON);
        private final Peer peer;
        private final Interface link;

        WithoutAirtime() {
            bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
            peer = new Peer(bench, 1).every(1_800_000).join();
            peer.hello();
            bench.runTo(1_200_000); // the HELLOs of the beginning are over
            link = bench.router.links().iterator().next();
            bench.sent.clear();
        }

        @Test
        void a_probe_is_sent_when_there_is_some() {
            exhaust(60_000);
            bench.router.onLinkFailure(bench.now, Peer.LINK, peer.address, bench);
            peer.hello();
            bench.runTo(bench.now + 50_000);
            assertEquals(0, probes(bench, peer));

            bench.runTo(bench.now + 600_000);

            assertTrue(probes(bench, peer) > 0);
        }

        /** It was heard before it was asked, and not since: nothing else would ever ask it. */
        @Test
        void a_probe_whose_repetition_finds_none_is_sent_anew() {
            bench.router.onLinkFailure(bench.now, Peer.LINK, peer.address, bench);
            peer.hello();
            assertEquals(1, probes(bench, peer));
            exhaust(140_000);
            bench.runTo(bench.now + 30_000);
            assertEquals(1, probes(bench, peer), "no airtime for a repetition for two minutes");

            bench.runTo(bench.now + 900_000);

            assertTrue(distinctProbes(bench, peer) > 1);
        }

        private void exhaust(long forMs) {
            while (link.duty.waitMs(bench.now, DutyBudget.Use.CONTROL) < forMs) {
                assertTrue(link.duty.take(bench.now, DutyBudget.Use.ACK, 20));
            }
        }
    }

    @Nested
    class Encounters {
        private final Bench bench = new Bench();
        private final Peer peer = new Peer(bench, 1);

        @Test
        void what_failed_in_another_one_does_not_count() {
            meet(CALM_MS);
            hearUntil(bench.now + 120_000);
            bench.runTo(bench.now + 211_000); // silent for more than 3.5 intervals
            bench.sent.clear();

            peer.hello();
            assertEquals(1, probes(bench, peer), "at once");
            hearUntil(bench.now + 20_000);

            assertTrue(distinctProbes(bench, peer) >= 3, distinctProbes(bench, peer) + " in 20 s");
        }

        @Test
        void one_that_is_back_is_asked_several_times_though_nobody_used_it() {
            meet(MOVING_MS);
            bench.runTo(bench.now + 1_900);

            assertEquals(1, distinctProbes(bench, peer));
            assertEquals(2, probes(bench, peer));
        }

        @Test
        void one_that_moves_and_stays_silent_is_asked_every_few_seconds() {
            meet(MOVING_MS);
            hearUntil(bench.now + 120_000);

            int asked = distinctProbes(bench, peer);
            assertTrue(asked >= 12 && asked <= 33, asked + " in two minutes: three at once, then one in 4 s");
        }

        @Test
        void one_that_does_not_move_ever_more_rarely() {
            meet(CALM_MS);
            hearUntil(bench.now + 120_000);

            int asked = distinctProbes(bench, peer);
            assertTrue(asked >= 5 && asked <= 9, asked + " in two minutes");
        }

        /** It was TWO_WAY, its link failed, and it is heard again, but does not answer. */
        private void meet(long intervalMs) {
            peer.every(intervalMs).join();
            hearUntil(20_000);
            bench.router.onLinkFailure(bench.now, Peer.LINK, peer.address, bench);
            bench.sent.clear();
            peer.hello();
        }

        private void hearUntil(long untilMs) {
            while (bench.now < untilMs) {
                bench.runTo(bench.now + 2_000);
                peer.hello();
            }
        }
    }

    private static int probes(Bench bench, Peer to) {
        return sent(bench, to).size();
    }

    private static int distinctProbes(Bench bench, Peer to) {
        return (int) sent(bench, to).stream().distinct().count();
    }

    private static List<MeshMessage> sent(Bench bench, Peer to) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(to.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .flatMap(frame -> to.open(frame.frame(), frame.exchange()).stream())
                .filter(Probe.class::isInstance)
                .toList();
    }
}
