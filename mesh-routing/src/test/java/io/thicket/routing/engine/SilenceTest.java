package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.engine.Peer.Bench;
import org.junit.jupiter.api.Test;

/** Neighbours are only looked at when something about one is due: whatever makes that sooner must be told. */
class SilenceTest {
    private final Bench bench = new Bench();

    private NeighborState state() {
        return bench.router.snapshot(bench.now).neighbors().get(0).state();
    }

    @Test
    void a_link_is_probed_after_two_and_a_half_silent_intervals_and_then_ends() {
        new Peer(bench, 1).every(60_000).join();
        long heardMs = bench.now;
        bench.runTo(heardMs + 149_000);
        assertEquals(NeighborState.TWO_WAY, state());

        bench.runTo(heardMs + 212_000);

        assertEquals(NeighborState.DOWN, state());
    }

    @Test
    void of_the_interval_that_was_announced_last() {
        Peer peer = new Peer(bench, 1).every(60_000).join();
        bench.runTo(bench.now + 100_000);
        peer.every(2_000).hello();
        assertEquals(NeighborState.TWO_WAY, state());

        bench.runTo(bench.now + 9_000);

        assertEquals(NeighborState.DOWN, state());
    }

    @Test
    void one_that_is_down_is_forgotten_after_ten_minutes() {
        new Peer(bench, 1).every(2_000).join();
        long heardMs = bench.now;
        bench.runTo(heardMs + 599_000);
        assertEquals(NeighborState.DOWN, state());

        bench.runTo(heardMs + 602_000);

        assertTrue(bench.router.snapshot(bench.now).neighbors().isEmpty());
    }
}
