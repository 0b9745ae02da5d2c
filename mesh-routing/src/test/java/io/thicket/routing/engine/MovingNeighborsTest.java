package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.engine.Peer.Bench;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a router takes for movement, and what it does about it. */
class MovingNeighborsTest {
    private static final LinkInfo WIFI = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);

    @Nested
    class Arrivals {
        private final Bench bench = new Bench();

        @Test
        void three_that_nobody_knew_are_movement() {
            bench.runTo(40_000);
            join(1, 3, 1);
            assertTrue(isRestless(bench));
            bench.runTo(41_000);
            assertEquals(2_000, link(bench).trickle.announcedIntervalMs());
            bench.runTo(50_000);
            assertEquals(2_000, link(bench).trickle.announcedIntervalMs(), "and stays so");
        }

        @Test
        void three_that_only_rebooted_are_none() {
            join(1, 3, 1);
            bench.runTo(40_000);
            join(1, 3, 2);
            assertFalse(isRestless(bench));
        }

        @Test
        void three_that_are_heard_again_are_some_once_they_answer() {
            List<Peer> peers = join(1, 3, 1);
            bench.runTo(300_000); // they announced 60 s
            bench.sent.clear();
            peers.forEach(Peer::hello);
            assertFalse(isRestless(bench), "nobody knows whether they hear this node");

            peers.forEach(peer -> peer.accept(List.copyOf(bench.sent)));

            assertTrue(isRestless(bench));
        }

        @Test
        void nor_is_it_movement_when_the_link_comes_up() {
            bench.runTo(40_000);
            bench.router.onLink(bench.now, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, false), bench);
            bench.runTo(300_000);
            bench.router.onLink(bench.now, Peer.LINK, WIFI, bench);
            join(1, 3, 1);
            assertFalse(isRestless(bench));
        }

        private List<Peer> join(int first, int count, long epoch) {
            return java.util.stream.IntStream.range(first, first + count)
                    .mapToObj(number -> new Peer(bench, number, epoch).join())
                    .toList();
        }
    }

    /** HELLOs every two minutes would take three times what a duty has for them. */
    @Test
    void a_link_with_a_duty_keeps_its_intervals() {
        Bench bench = new Bench(RoutingParameters.of(LinkClass.LORA), RuleSwitches.ALL_ON);
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
        bench.runTo(1_900_000);
        for (int i = 1; i <= 3; i++) {
            new Peer(bench, i).every(1_800_000).join();
        }
        assertTrue(isRestless(bench));

        bench.runTo(bench.now + 1_500_000);

        assertTrue(isRestless(bench));
        assertTrue(
                link(bench).trickle.announcedIntervalMs() >= 480_000,
                link(bench).trickle.announcedIntervalMs() + " ms");
    }

    private static boolean isRestless(Bench bench) {
        return link(bench).isRestless(bench.now);
    }

    private static Interface link(Bench bench) {
        return bench.router.links().iterator().next();
    }
}
